import type { Staff } from '#people'
import type { Card } from './card.ts'

/** A click on a button of a card, as any surface hands it in: who, where, which button, and the values of the card's fields. */
export type Click = { staff: Staff; surface: string; action: string; data: Record<string, string>; values: Record<string, string> }

/** What the one who clicked gets to see. The card itself is redrawn for everybody from the database. */
export type ClickOutcome =
  | { kind: 'done'; message?: string }
  /** A refusal is told to the clicker alone, never swallowed. */
  | { kind: 'refused'; message: string }
  | { kind: 'form'; card: Card }
  /** `once`: it holds a secret, and is shown to the asker now and kept nowhere: no post, nothing to share. */
  | { kind: 'private'; card: Card; once?: true }

/** The id that a button carries; 0, which no row has, for whatever else somebody's browser sent. */
export const idOf = (text: string | undefined): number => (/^[1-9]\d{0,8}$/.test(text ?? '') ? Number(text) : 0)
