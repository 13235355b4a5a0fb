import type { ByMailWords } from './en.ts'

export const byMailPl: ByMailWords = {
  many: count => `Decyzje, które na Ciebie czekają: ${count}`,
  whyAway: 'Karty nie docierają teraz do czatu, dlatego Duncan pyta e-mailem.',
  whyWanted: 'Decyzje mają przychodzić do Ciebie także e-mailem.',
  open: 'Zobacz i zdecyduj',
  replyHow: (approve, label, reject) =>
    `Możesz też odpowiedzieć na tego e-maila, pisząc w pierwszym wierszu tylko ${approve} („${label}”) albo ${reject} i pod spodem powód.`,
  byReply: 'E-mailem:',
  more: count => `W konsoli czekają dalsze: ${count}.`,
  keys: until => `Linki i odpowiedzi liczą się jako Twoje: nie przekazuj tego e-maila dalej. Każdy działa raz, do ${until}.`,
  console: 'Wszystko inne, na przykład edycja, jest w konsoli:',
  decideAs: name => `Decyduje: ${name}.`,
  unknown: 'Ten link nie prowadzi do niczego, o czym możesz decydować.',
  unknownText: 'Może pochodzi ze starszego e-maila. To, co na Ciebie czeka, jest w konsoli.',
  expired: 'Czas na decyzję e-mailem minął.',
  used: 'Na to już raz odpowiedziano e-mailem. Jest w konsoli.',
  changed: 'Karta zmieniła się po napisaniu tego e-maila. Zobacz ją w konsoli i wtedy zdecyduj.',
  tooMany: 'Zbyt wiele błędnych linków. Zaczekaj minutę.',
  rejectedByMail: 'Odrzucono e-mailem',
  answerDone: what => `Gotowe: ${what}`,
  answerDoneText: 'Dopóki trwa czas na cofnięcie, można to cofnąć w konsoli.',
  answerRefused: 'Twój e-mail niczego nie rozstrzygnął.',
  answerStranger: address =>
    `E-mail od ${address} próbował zdecydować w Twoim imieniu. Nic nie zostało rozstrzygnięte; e-mail leży w skrzynce. Nie przekazuj takich e-maili dalej.`,
  answerUnproven: 'Nic nie zostało rozstrzygnięte: nie dało się dowieść, że e-mail jest od Ciebie (DMARC, DKIM). Użyj linku z pierwszego e-maila.',
  answerNoKey: 'Nic nie zostało rozstrzygnięte: z odpowiedzi nie wynika, której decyzji dotyczy. Użyj linków z pierwszego e-maila i nie zmieniaj tematu.',
  answerNoWord: (approve, reject) => `Nic nie zostało rozstrzygnięte: w pierwszym wierszu odpowiedzi musi stać ${approve} albo ${reject} i nic więcej.`,
  preference: 'Decyzje także e-mailem',
}
