import type { WhyWords } from './en.ts'

/** Why a step is proposed, in Dutch. */
export const whyNl: WhyWords = {
  steps: 'Waarom deze stappen',
  protective: 'beschermt de debiteur, en is meteen gedaan',
  reply: 'beantwoordt de mail',
  reading: 'volgt uit wat de mail zegt',
  now: 'Waarom nu',
  waiting: (received: string) => `De mail kwam op ${received}; sindsdien wacht ze op een beslissing.`,
  decided: (received: string) => `De mail kwam op ${received}; er is beslist.`,
  title: (name: string) => `Waarom deze stap voor ${name}`,
  order: 'In deze volgorde bekeken; wat het eerst niet leeg is, beslist:',
  help: 'waarom Duncan dit voorstelde, of waarom dit de volgende stap voor een debiteur is',
  button: 'Waarom deze stap?',
}
