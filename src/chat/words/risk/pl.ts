import type { RiskWords } from './en.ts'

/** What is at risk, in Polish. */
export const riskPl: RiskWords = {
  help: 'co jest zagrożone: u jednego dłużnika, u Pana/Pani klientów lub w całym portfelu',
  title: 'Ryzyko portfela',
  ownTitle: 'Ryzyko własnych klientów',
  summary: (value: string, debtors: number) => `${value} zagrożone, dłużników: ${debtors}`,
  none: 'Nic nie jest przeterminowane i nie toczy się żadna poważna sprawa: nic nie jest zagrożone.',
  overdueShare: 'Udział przeterminowanych',
  share: (overdue: string, balance: string, percent: string) => `${percent} (${overdue} z ${balance})`,
  over90: 'Przeterminowane ponad 90 dni',
  meaning: 'Zagrożone jest to, co przeterminowane, oraz wszystko otwarte tam, gdzie toczy się upadłość lub sprawa prawna.',
  noBureau: 'Nie podłączono wywiadowni gospodarczej: ratingi i limity kredytowe nie są znane.',
  debtorTitle: (name: string) => `Ryzyko: ${name}`,
  atRisk: 'Zagrożone',
  oldest: 'Najstarsza przeterminowana pozycja',
  days: (count: number) => `dni po terminie: ${count}`,
  pays: 'Jak płaci',
  broken: (count: number) => `złamane obietnice: ${count}`,
  disputes: (count: number) => `spory: ${count}`,
  grave: 'upadłość lub sprawa prawna',
  signs: 'Oznaki',
  noSigns: 'brak',
  rating: 'Rating i limit',
  mine: 'Tylko moi klienci',
  all: 'Cały portfel',
  back: 'Wszystko, co zagrożone',
}
