import type { WhyWords } from './en.ts'

/** Why a step is proposed, in Polish. */
export const whyPl: WhyWords = {
  steps: 'Dlaczego te kroki',
  protective: 'chroni dłużnika i zrobiono to od razu',
  reply: 'odpowiada na mail',
  reading: 'wynika z tego, co mówi mail',
  now: 'Dlaczego teraz',
  waiting: (received: string) => `Mail przyszedł ${received}; od tego czasu czeka na decyzję.`,
  decided: (received: string) => `Mail przyszedł ${received}; decyzja zapadła.`,
  title: (name: string) => `Dlaczego ten krok: ${name}`,
  order: 'Sprawdzono w tej kolejności; decyduje pierwsze, które nie jest puste:',
  help: 'dlaczego Duncan to zaproponował lub dlaczego to następny krok wobec dłużnika',
  button: 'Dlaczego ten krok?',
}
