import type { DamageText, Diagnosis, Place } from './diagnosis.ts';
import { spoiledNumberText } from './number-texts.ts';
import { spoiledTextText } from './text-texts.ts';

const NOT_LOADED = ' This column itself is not loaded, so nothing goes wrong in the database.';

/** The doctor's words for a diagnosis. */
export function textOf(diagnosis: Diagnosis, place: Place): DamageText {
  const text = spoiledNumberText(diagnosis, place) ?? spoiledTextText(diagnosis, place);
  return place.loaded ? text : { ...text, explanation: text.explanation + NOT_LOADED };
}
