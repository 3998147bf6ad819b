/** The only channels between a page and main; the preload script names them and nothing else. */
export const callChannel = 'wardbook:call';
export const eventChannel = 'wardbook:event';
/** A page says that its content security policy refused a request to another origin; it says nothing else. */
export const refusedChannel = 'wardbook:refused';
