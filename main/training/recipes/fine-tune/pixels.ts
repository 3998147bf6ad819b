/** Values of pixels that networks from elsewhere were trained on: `-1-1` from −1 to 1, `imagenet` standardised by its colours. */
export const pixelChoices = ['auto', '0-255', '0-1', '-1-1', 'imagenet', 'standardised'] as const;
export type PixelChoice = (typeof pixelChoices)[number];
