import type { ByMailWords } from './en.ts'

export const byMailDe: ByMailWords = {
  many: count => `${count} Entscheidungen warten auf Sie`,
  whyAway: 'Die Karten kommen in Ihrem Chat gerade nicht an, deshalb fragt Duncan per Mail.',
  whyWanted: 'Sie wollten Entscheidungen auch per Mail bekommen.',
  open: 'Ansehen und entscheiden',
  replyHow: (approve, label, reject) =>
    `Oder antworten Sie auf diese Mail mit ${approve} allein in der ersten Zeile („${label}“), oder mit ${reject} und dem Grund darunter.`,
  byReply: 'Per Mail:',
  more: count => `${count} weitere warten in der Konsole.`,
  keys: until => `Die Links und Antworten gelten als Ihre: Leiten Sie diese Mail nicht weiter. Jeder gilt einmal, bis ${until}.`,
  console: 'Alles andere, etwa Bearbeiten, geht in der Konsole:',
  decideAs: name => `Sie entscheiden als ${name}.`,
  unknown: 'Dieser Link führt zu nichts, was Sie entscheiden dürfen.',
  unknownText: 'Vielleicht stammt er aus einer älteren Mail. Was auf Sie wartet, steht in der Konsole.',
  expired: 'Die Zeit, dies per Mail zu entscheiden, ist vorbei.',
  used: 'Dies wurde schon einmal per Mail beantwortet. Es steht in der Konsole.',
  changed: 'Die Karte hat sich geändert, seit diese Mail geschrieben wurde. Sehen Sie sie in der Konsole an und entscheiden Sie dann.',
  tooMany: 'Es wurden zu viele falsche Links versucht. Warten Sie eine Minute.',
  rejectedByMail: 'Per Mail abgelehnt',
  answerDone: what => `Erledigt: ${what}`,
  answerDoneText: 'Solange die Frist läuft, lässt es sich in der Konsole zurücknehmen.',
  answerRefused: 'Durch Ihre Mail wurde nichts entschieden.',
  answerStranger: address =>
    `Eine Mail von ${address} wollte dies in Ihrem Namen entscheiden. Es wurde nichts entschieden; die Mail liegt im Postfach. Leiten Sie solche Mails nicht weiter.`,
  answerUnproven:
    'Es wurde nichts entschieden: Es ließ sich nicht beweisen, dass die Mail von Ihnen kam (DMARC, DKIM). Nehmen Sie den Link in der ersten Mail.',
  answerNoKey:
    'Es wurde nichts entschieden: Ihre Antwort sagt nicht, um welche Entscheidung es geht. Nehmen Sie die Links in der ersten Mail und lassen Sie den Betreff stehen.',
  answerNoWord: (approve, reject) => `Es wurde nichts entschieden: In der ersten Zeile einer Antwort muss ${approve} oder ${reject} stehen, und sonst nichts.`,
  preference: 'Entscheidungen auch per Mail',
}
