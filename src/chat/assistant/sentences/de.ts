import type { Sentences } from '../read-sentence.ts'

/** What people ask in German. */
export const sentencesDe: Sentences = {
  polite:
    /^(?:hallo|guten tag|guten morgen|duncan|bitte|kannst du|können sie|sag(?: mir)?|sagen sie(?: mir)?|zeig(?:e)?(?: mir)?|zeigen sie(?: mir)?|weißt du)(?=[\s,:])[\s,:]*/iu,
  thanks: /[\s,]+(?:bitte|danke|heute|jetzt)$/iu,
  debtor: [
    /^(?:was|wie ?viel) schuldet uns (?:noch )?(.+)$/iu,
    /^(?:was|wie ?viel) schuldet (.+?)(?: uns)?(?: noch)?$/iu,
    /^was ist (?:noch )?(?:offen|fällig|überfällig) (?:bei|von) (.+)$/iu,
    /^was (?:ist|steht) (?:noch )?(?:bei|von) (.+?) (?:noch )?(?:offen|fällig|überfällig|aus)$/iu,
    /^(?:der |die |das )?(?:saldo|stand|status|lage|übersicht|karte) (?:von|bei|der|des) (.+)$/iu,
    /^wie steht es (?:um|mit) (.+)$/iu,
    /^hat (.+?) (?:schon |bereits )?(?:gezahlt|bezahlt)$/iu,
    /^wann zahlt (.+)$/iu,
  ],
  inbox: [/^(?:die )?(?:letzten )?(?:mails?|e-?mails?|nachrichten) von (.+)$/iu, /^was hat (.+?) (?:geschrieben|gesagt|geschickt)$/iu],
  mine: [/^was wartet auf mich$/iu, /^was (?:muss|soll|kann) ich (?:noch )?(?:tun|machen)$/iu, /^meine (?:liste|aufgaben|aktionen|arbeit)$/iu],
  team: [/^was wartet(?: auf (?:uns|das team|eine entscheidung))?$/iu, /^die liste(?: des teams)?$/iu],
  cover: [/^wer ist (?:weg|abwesend|krank|im urlaub)$/iu, /^wer vertritt .+$/iu],
  risk: [
    /^(?:das |die )?risik(?:o|en)(?: des bestands)?$/iu,
    /^was (?:ist gefährdet|steht auf dem spiel)$/iu,
    /^wo (?:liegt|liegen|sind) (?:das|die|unsere?) risik(?:o|en)$/iu,
  ],
  riskOf: [/^(?:das )?risiko (?:von|bei|der|des) (.+)$/iu, /^wie riskant ist (.+)$/iu],
  report: [/^(?:der |die |unsere |meine )?(?:bericht|zahlen|kennzahlen)$/iu, /^wie stehen wir da$/iu],
  tasks: [/^(?:die |meine )?(?:offenen aufgaben|anrufe)(?: heute)?$/iu, /^wen (?:muss|soll) ich anrufen$/iu],
  promise: [
    /^(?:erfasse|erfassen|notiere|notieren|halte) (?:eine |die )?(?:zahlungs)?zusage (?:von|der|des|für) (.+?)(?: fest)?$/iu,
    /^(.+?) hat (?:zahlung zugesagt|versprochen zu zahlen)$/iu,
  ],
  dispute: [
    /^(?:eröffne|eröffnen|erfasse|erfassen) (?:eine |die )?reklamation (?:von|der|des|für|bei) (.+)$/iu,
    /^(.+?) (?:reklamiert|bestreitet) (?:eine|die) rechnung$/iu,
  ],
  hold: [/^(?:halte|stoppe|stoppen|pausiere) (?:die )?mahnungen (?:an|für|bei|von) (.+?)(?: an)?$/iu],
  why: [/^warum (?:vorschlag |nummer )?#?(\d{1,9})$/iu],
  home: [/^(?:meine )?(?:einstellungen|seite)$/iu],
  help: [/^hilfe$/iu, /^was (?:kannst du|können sie)$/iu],
  change: [/^(?:genehmige|genehmigen|lehne|ablehnen|entscheide|sende|senden|schicke|antworte|bestreite)(?=\s|$)/iu],
}
