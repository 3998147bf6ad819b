import { type CardText, cardText } from '../../../shared/model/registry.ts';
import { type ReadableDb, transaction, type WritableDb } from '../open.ts';
import { statement } from '../statement.ts';
import { touch, versionKey } from './keys.ts';

/** What a person wrote on the card of a version (`model_version.id`). */
export function readCardText(db: ReadableDb, version: number): CardText {
  const json = statement(db, 'SELECT card FROM model_version WHERE id = ?').pluck().get(version) as string;
  return cardText.parse(JSON.parse(json));
}

/** Replaces what a person wrote on a card. Throws REGISTERED_MODEL_NOT_FOUND or MODEL_VERSION_NOT_FOUND. */
export function writeCardText(db: WritableDb, name: string, number: number, text: CardText): void {
  transaction(db, () => {
    const version = versionKey(db, name, number);
    statement(db, 'UPDATE model_version SET card = ?, updated_at = ? WHERE id = ?').run(
      JSON.stringify(text),
      Date.now(),
      version.id,
    );
    touch(db, version.model, null);
  });
}
