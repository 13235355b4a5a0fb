import type { WhyWords } from './en.ts'

/** Why a step is proposed, in French. */
export const whyFr: WhyWords = {
  steps: 'Pourquoi ces étapes',
  protective: 'protège le débiteur, et a été fait aussitôt',
  reply: 'répond au mail',
  reading: 'découle de ce que dit le mail',
  now: 'Pourquoi maintenant',
  waiting: (received: string) => `Le mail est arrivé le ${received} ; depuis, il attend une décision.`,
  decided: (received: string) => `Le mail est arrivé le ${received} ; la décision est prise.`,
  title: (name: string) => `Pourquoi cette étape pour ${name}`,
  order: 'Regardé dans cet ordre ; le premier qui n’est pas vide décide :',
  help: 'pourquoi Duncan a proposé cela, ou pourquoi c’est la prochaine étape pour un débiteur',
  button: 'Pourquoi cette étape ?',
}
