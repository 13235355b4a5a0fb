/** Calls that workflows ask for, in English. */
export const callsEn = {
  line: (debtor: string) => `Call · ${debtor}`,
  /** Calendar days since the oldest item was due. */
  late: (days: number) => (days === 0 ? 'due today' : days === 1 ? '1 day late' : `${days} days late`),
  tried: (times: number) => (times === 1 ? 'Called once, no answer.' : `Called ${times} times, no answer.`),
  why: (step: string, workflow: string, version: string, since: string, days: string) =>
    `Why now: step “${step}” of the workflow “${workflow}” (settings ${version}) has been due since ${since}; the oldest item is ${days} days late.`,
  phone: 'Phone',
  noPhone: 'The ledger knows no number',
  toAsk: 'To ask for',
  nothingOpen: 'Nothing of this call is open any more. It leaves the list by itself.',
  reached: 'Reached',
  noAnswer: (day: string) => `No answer → ${day}`,
  skip: 'Skip this call',
  note: 'Write a note',
  outcome: 'What came of it',
  outcomes: { promise: 'Promise to pay', dispute: 'Dispute', paid: 'Says that it has paid', reached: 'Spoken to, nothing else' },
  amount: (currency: string) => `Promised or contested amount (${currency}), empty: all of it`,
  disputeReason: 'Of a dispute: what about',
  said: 'What was said',
  formHint: 'Fill in what belongs to the outcome. What was said is kept as a note, or with the dispute.',
  skipReasons: { in_contact: 'We are in touch already', no_number: 'No number to call', not_useful: 'A call would not help', other: 'Another reason' },
  skipHint: 'The workflow goes on with its next step.',
  amountOfOne: 'An amount is of one debtor: name the invoices of one, or leave the amount empty.',
  over: 'This call does not wait any more.',
  wasDone: (debtor: string) => `Noted: ${debtor} was called. The workflow goes on.`,
  wasMoved: (debtor: string, day: string) => `Nobody answered at ${debtor}: again on ${day}.`,
  wasSkipped: (debtor: string) => `Skipped: ${debtor} is not called. The workflow goes on.`,
  takeBack: 'Take back',
  tooLate: 'This cannot be taken back any more: its day is over, or the workflow has gone on.',
  wasTakenBack: (debtor: string) => `Taken back: ${debtor} is to be called again. What was noted stays.`,
}

export type CallWords = typeof callsEn
