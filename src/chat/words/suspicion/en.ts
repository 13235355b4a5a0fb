import type { Quarantine } from '#triage'
import type { Sentences } from '../sentences.ts'

export type SuspicionWords = Sentences<Quarantine>

const hiding = {
  not_displayed: 'it is not displayed',
  too_small: 'it is too small to be seen',
  off_the_page: 'it stands off the page',
  colorless: 'it has no color of its own',
}

/** Why a mail is not to be trusted, in English. */
export const suspicionEn: SuspicionWords = {
  ignore_instructions: 'It tells its reader to ignore instructions.',
  speaks_to_machine: 'It speaks to an AI, an assistant or a system.',
  machine_conversation: 'It pretends to be part of a conversation with a machine.',
  names_tools: 'It names tools, actions or settings of a program.',
  acts_alone: 'It orders a program to act by itself.',
  asks_to_decode: 'It asks a program to decode something.',
  letters_apart: 'It hides instructions in letters that are set apart.',
  encoded: 'It carries encoded text.',
  model_reports: 'The language model reports that it tries to instruct a program.',
  disguised: 'Its words are disguised.',
  new_details: 'It speaks of new or changed bank details. Call a number on file before anything changes.',
  asks_to_confirm: 'It asks to confirm bank details. They are never confirmed by mail.',
  claim_handed_on: 'It says that a claim now belongs to somebody else, who is to be paid. Call a number on file.',
  where_to_pay: 'It says to which bank account to pay. Compare with the one on file before using it.',
  other_account: 'It says to use another account, or one that is not written in it. Call a number on file first.',
  presses: 'It presses for a transfer, in secret and without a call. Call a number on file first.',
  other_country: ({ now, before }) => `It names an account in ${now}; this debtor is known to pay from ${before.join(', ')}. Call a number on file.`,
  imitates: ({ domain, known }) => `The sender’s domain ${domain} looks like ${known}, which is known, but is another.`,
  name_shows: ({ named, domain }) => `The sender’s name shows ${named}, but the address is at ${domain}.`,
  answers_elsewhere: ({ elsewhere, domain }) => `Answers would go to ${elsewhere ?? 'another address at a public provider'}, not to the sender’s ${domain}.`,
  hides_text: ({ how }) => `It hides text from its reader (${hiding[how]}).`,
  invisible_letters: 'It holds letters that cannot be seen.',
  not_from_domain: 'The sender’s domain says that this mail is not from it (SPF, DKIM or DMARC failed).',
  said: ({ text }) => text,
}
