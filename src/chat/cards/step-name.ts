import type { Words } from '../words/index.ts'
import { oneLine } from './cut.ts'

/** What the starter packs of each language call their steps. */
const shipped: Record<string, keyof Words['dunning']['steps']> = {
  reminder: 'first',
  first_reminder: 'first',
  herinnering: 'first',
  zahlungserinnerung: 'first',
  przypomnienie: 'first',
  dunning: 'demand',
  aanmaning: 'demand',
  mahnung: 'demand',
  relance: 'demand',
  wezwanie: 'demand',
  second_reminder: 'second',
  deuxieme_relance: 'second',
  notice: 'notice',
  rappel: 'notice',
  call: 'call',
  bellen: 'call',
  anruf: 'call',
  appel: 'call',
  telefon: 'call',
  second_call: 'second_call',
  nog_eens_bellen: 'second_call',
  zweiter_anruf: 'second_call',
  second_appel: 'second_call',
  drugi_telefon: 'second_call',
  final_notice: 'final',
  laatste_aanmaning: 'final',
  letzte_mahnung: 'final',
  mise_en_demeure: 'final',
  ostateczne_wezwanie: 'final',
  collection: 'collection',
  uit_handen_geven: 'collection',
  abgabe: 'collection',
  inkasso: 'collection',
  transmission: 'collection',
  recouvrement: 'collection',
  przekazanie: 'collection',
  windykacja: 'collection',
}

/** What a reader calls a step of a workflow: its title in the settings, the words of this release for those it ships, else its name as a text. */
export function stepName({ name, title }: { name: string; title?: string | undefined }, words: Words): string {
  const known = shipped[name]
  if (title !== undefined) return oneLine(title, 60)
  if (known) return words.dunning.steps[known]
  const text = oneLine(name.replaceAll('_', ' '), 60)
  return text.charAt(0).toLocaleUpperCase() + text.slice(1)
}
