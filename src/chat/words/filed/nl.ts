import type { FiledWords } from './en.ts'

/** Mails that were filed without a card, in Dutch. */
export const filedNl: FiledWords = {
  help: 'mails die niets vroegen en zonder kaart zijn gearchiveerd',
  title: 'Zonder vragen gearchiveerd',
  none: 'In de laatste 7 dagen is niets zonder vragen gearchiveerd.',
  count: (count: number) => `${count} in de laatste 7 dagen`,
  sample: (count: number) => `Zonder vragen gearchiveerd: ${count}. Een paar ter controle:`,
  reopen: 'Toch bekijken',
  reopened: 'De kaart wacht nu op u.',
}
