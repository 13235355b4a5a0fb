import type { PlannedAction } from '../action.ts'
import type { InvoiceCopy } from '../invoice-copies.ts'
import type { ReplySection, Warning } from '../proposal.ts'
import type { Situation } from '../situation.ts'

/** What one intent of a mail comes to. */
export type Handled = {
  actions?: PlannedAction[]
  /** What the reply is to say about it; the sections of all intents make one mail. */
  sections?: ReplySection[]
  warnings?: Warning[]
  /** Files that go out with the reply, and numbers whose PDF was not found. */
  copies?: { attachments: InvoiceCopy[]; invoiceIds: number[]; missing: string[] }
  /** Who is written to in the place of the sender, and about what: for mails that no person wrote. */
  writeTo?: { to: string[]; subject: string }
  /** A person is to write the reply: one is drafted with greeting and closing only. */
  asksPersonToWrite?: boolean
}

export type Handler = (situation: Situation) => Handled | Promise<Handled>
