import type { RiskWords } from './en.ts'

/** What is at risk, in German. */
export const riskDe: RiskWords = {
  help: 'was auf dem Spiel steht: bei einem Debitor, bei Ihren Kunden oder im ganzen Bestand',
  title: 'Risiko des Bestands',
  ownTitle: 'Risiko Ihrer Kunden',
  summary: (value: string, debtors: number) => `${value} gefährdet bei ${debtors === 1 ? '1 Debitor' : `${debtors} Debitoren`}`,
  none: 'Nichts ist überfällig und keine schwere Sache läuft: nichts ist gefährdet.',
  overdueShare: 'Anteil überfällig',
  share: (overdue: string, balance: string, percent: string) => `${percent} (${overdue} von ${balance})`,
  over90: 'Mehr als 90 Tage überfällig',
  meaning: 'Gefährdet ist, was überfällig ist, und alles Offene, wo eine Insolvenz oder ein Rechtsstreit läuft.',
  noBureau: 'Keine Auskunftei ist verbunden: Bonität und Kreditlimits sind nicht bekannt.',
  debtorTitle: (name: string) => `Risiko von ${name}`,
  atRisk: 'Gefährdet',
  oldest: 'Ältester überfälliger Posten',
  days: (count: number) => `${count} Tage zu spät`,
  pays: 'Zahlungsweise',
  broken: (count: number) => (count === 1 ? '1 gebrochene Zusage' : `${count} gebrochene Zusagen`),
  disputes: (count: number) => (count === 1 ? '1 Reklamation' : `${count} Reklamationen`),
  grave: 'Insolvenz oder Rechtsstreit',
  signs: 'Anzeichen',
  noSigns: 'keine',
  rating: 'Bonität und Limit',
  mine: 'Nur meine Kunden',
  all: 'Ganzer Bestand',
  back: 'Alles Gefährdete',
}
