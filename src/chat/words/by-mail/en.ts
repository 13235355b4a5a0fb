/** What is said where decisions are asked for by mail, in English. */
export const byMailEn = {
  many: (count: number) => `${count} decisions wait for you`,
  whyAway: 'The cards do not get through to your chat at the moment, so Duncan asks you by mail.',
  whyWanted: 'You wanted to be asked for decisions by mail as well.',
  open: 'Look and decide',
  replyHow: (approve: string, label: string, reject: string) =>
    `Or answer this mail with ${approve} alone on the first line (“${label}”), or with ${reject} and the reason below it.`,
  byReply: 'By mail:',
  more: (count: number) => `${count} more wait in the console.`,
  keys: (until: string) => `The links and answers count as yours: do not pass this mail on. Each works once, until ${until}.`,
  console: 'Everything else, such as editing, is done in the console:',
  decideAs: (name: string) => `You decide as ${name}.`,
  unknown: 'This link leads to nothing that you may decide.',
  unknownText: 'It may be from an older mail. What waits for you stands in the console.',
  expired: 'The time to decide this by mail is over.',
  used: 'This was answered by mail once already. It stands in the console.',
  changed: 'The card has changed since this mail was written. Look at it in the console, then decide.',
  tooMany: 'Too many wrong links were tried. Wait a minute.',
  rejectedByMail: 'Rejected by mail',
  answerDone: (what: string) => `Done: ${what}`,
  answerDoneText: 'Within the undo window it can be taken back in the console.',
  answerRefused: 'Nothing was decided by your mail.',
  answerStranger: (address: string) =>
    `A mail from ${address} asked to decide this in your name. Nothing was decided; the mail lies in the mailbox. Do not pass such mails on.`,
  answerUnproven: 'Nothing was decided: it could not be proven that the mail came from you (DMARC, DKIM). Use the link in the first mail.',
  answerNoKey: 'Nothing was decided: your answer does not say which decision it is about. Use the links in the first mail, and leave the subject as it is.',
  answerNoWord: (approve: string, reject: string) => `Nothing was decided: the first line of an answer must be ${approve} or ${reject}, and nothing else.`,
  preference: 'Decisions also by mail',
}

export type ByMailWords = typeof byMailEn
