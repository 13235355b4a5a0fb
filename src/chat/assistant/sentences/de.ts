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
  why: [/^warum (?:vorschlag |nummer )?#?(\d{1,9})$/iu],
  home: [/^(?:meine )?(?:einstellungen|seite)$/iu],
  help: [/^hilfe$/iu, /^was (?:kannst du|können sie)$/iu],
  change: [/^(?:genehmige|genehmigen|lehne|ablehnen|entscheide|sende|senden|schicke|antworte|bestreite)(?=\s|$)/iu],
}
