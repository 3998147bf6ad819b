/** The only two channels between a page and main; the preload script names them and nothing else. */
export const callChannel = 'wardbook:call';
export const eventChannel = 'wardbook:event';
