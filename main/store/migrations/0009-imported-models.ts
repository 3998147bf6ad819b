/**
 * Version 9: models that imports brought. import_key names a model or a version in its source for good, so that importing it again
 * finds it, whatever it is called here and also when it was deleted; null for those made here. import_stamp is what a logged model
 * looked like in its source. progress says how far the files of a run were read, for sources that are read on.
 */
export const migration0009 = `
ALTER TABLE registered_model ADD COLUMN import_key TEXT;
ALTER TABLE model_version ADD COLUMN import_key TEXT;
CREATE UNIQUE INDEX registered_model_import ON registered_model (import_key) WHERE import_key IS NOT NULL;
CREATE UNIQUE INDEX model_version_import ON model_version (import_key) WHERE import_key IS NOT NULL;
ALTER TABLE logged_model ADD COLUMN import_stamp TEXT;
ALTER TABLE import_source ADD COLUMN progress TEXT;
`;
