import { assertedFrom, type Intent, type Reading } from './reading.ts'

type Held = Reading['intents'][number]

const goesAfter: Partial<Record<Intent, number>> = { promise_to_pay: 1, contact_change: 2, other_question: 2, acknowledgement: 3 }
const placeOf = ({ intent, confidence }: Held): number => (confidence < assertedFrom ? 9 : (goesAfter[intent] ?? 0))

/** The order of intents: of those asserted what has to be decided goes before what is promised, that before what is told or asked besides; thanks go last. */
export const byWeight = (a: Held, b: Held): number => placeOf(a) - placeOf(b) || b.confidence - a.confidence
