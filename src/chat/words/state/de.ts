import type { StateWords } from './en.ts'

/** How Duncan itself stands, in German. */
export const stateDe: StateWords = {
  helpMailboxes: 'ob die Postfächer, die Sie sehen, gelesen werden',
  helpImport: 'wann die Buchhaltung zuletzt eingelesen wurde',
  helpAutonomy: 'was Duncan tut, ohne zu fragen',
  helpSettings: 'Ihre Sprache, Ruhezeiten und Morgenliste',
  mailboxes: 'Postfächer',
  mailbox: 'Postfach',
  status: 'Zustand',
  lastRead: 'Zuletzt gelesen',
  never: 'nie',
  noMailboxes: 'Sie sehen kein Postfach.',
  statuses: { starting: 'startet', ok: 'wird gelesen', failing: 'kann nicht gelesen werden', paused: 'angehalten', removed: 'nicht mehr in den Einstellungen' },
  sendingHeld: 'Versand wartet seit einer Wiederherstellung',
  imports: 'Buchhaltung',
  administration: 'Buchungskreis',
  imported: 'Letzter Import',
  age: 'Stunden her',
  noAdministrations: 'Sie sehen keinen Buchungskreis.',
  autonomy: 'Was Duncan allein tut',
  asks: 'Duncan fragt vor jeder Handlung. Bei einem Debitor wird nichts gesendet, gebucht oder geändert, bevor jemand auf der Karte entscheidet.',
  protects:
    'Eine Ausnahme, die sich auf der Karte zurücknehmen lässt: Was einen Debitor schützt, geschieht sofort, etwa das Aussetzen von Mahnungen bei Streit oder Insolvenz.',
  ceilings:
    'Mehr wird verdient, je Art der Aktion, Anliegen und Sprache, aus dem, was Menschen unverändert genehmigen; freigeben muss es ein Manager. Zurzeit ist nichts freigegeben.',
}
