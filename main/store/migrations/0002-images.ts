/**
 * Version 2: datasets of images. `images` is a document about the images of a version (null for a table), `skipped` the list of
 * what was left out at its import (null when nothing was).
 */
export const migration0002 = `
ALTER TABLE dataset_version ADD COLUMN images TEXT;
ALTER TABLE dataset_version ADD COLUMN skipped TEXT;
`;
