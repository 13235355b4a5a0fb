import type { RiskWords } from './en.ts'

/** What is at risk, in French. */
export const riskFr: RiskWords = {
  help: 'ce qui est en risque : chez un débiteur, chez vos clients ou dans tout le portefeuille',
  title: 'Risque du portefeuille',
  ownTitle: 'Risque de vos clients',
  summary: (value: string, debtors: number) => `${value} en risque chez ${debtors === 1 ? '1 débiteur' : `${debtors} débiteurs`}`,
  none: 'Rien n’est échu et aucune affaire grave n’est en cours : rien n’est en risque.',
  overdueShare: 'Part échue',
  share: (overdue: string, balance: string, percent: string) => `${percent} (${overdue} sur ${balance})`,
  over90: 'Échu depuis plus de 90 jours',
  meaning: 'Est en risque ce qui est échu, et tout ce qui est ouvert là où une insolvabilité ou une affaire juridique est en cours.',
  noBureau: 'Aucune agence de crédit n’est connectée : notes et limites de crédit ne sont pas connues.',
  debtorTitle: (name: string) => `Risque de ${name}`,
  atRisk: 'En risque',
  oldest: 'Poste échu le plus ancien',
  days: (count: number) => `${count} jours de retard`,
  pays: 'Comment il paie',
  broken: (count: number) => (count === 1 ? '1 promesse non tenue' : `${count} promesses non tenues`),
  disputes: (count: number) => (count === 1 ? '1 litige' : `${count} litiges`),
  grave: 'insolvabilité ou affaire juridique',
  signs: 'Signes',
  noSigns: 'aucun',
  rating: 'Note et limite',
  mine: 'Mes clients seulement',
  all: 'Tout le portefeuille',
  back: 'Tout ce qui est en risque',
}
