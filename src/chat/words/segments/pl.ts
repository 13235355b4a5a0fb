import type { SegmentWords } from './en.ts'

/** What is said about segments, in Polish. */
export const segmentsPl: SegmentWords = {
  help: 'segmenty z dłużnikami i propozycje nowych',
  title: 'Segmenty',
  none: 'W ustawieniach nie ma jeszcze segmentów.',
  debtors: count => `Dłużnicy: ${count}`,
  counted: (count, leading) => `Dłużnicy: ${count}, wiodący dla ${leading}`,
  inNone: 'W żadnym segmencie',
  showDebtors: 'Pokaż dłużników',
  suggest: 'Zaproponuj segmenty',
  suggested: 'Proponowane segmenty',
  suggestedText: 'Naciśnij propozycję, aby dodać ją do ustawień. Można ją tam zmienić i cofnąć.',
  suggestedNone: 'Nie ma czego zaproponować: księga jest pusta albo ustawienia mają już te segmenty.',
  ofAll: (count, all) => `${count} z ${all} dłużników`,
  accept: title => `Przyjmij „${title}”`,
  confirm: query => `Ustawienia dostaną nową wersję z tym segmentem: ${query}`,
  yes: 'Dodaj do ustawień',
  accepted: (title, version) => `„${title}” jest w ustawieniach, wersja ${version}.`,
  changed: 'Portfel lub ustawienia zmieniły się w międzyczasie; nic nie zapisano.',
  because: {
    balance_share: percent => `razem ${percent}% salda`,
    inside: countries => `w ${countries}`,
    outside: countries => `poza ${countries}`,
    legal_form: forms => `forma prawna ${forms}`,
    pays_late: 'spóźnieni, ze złamanymi obietnicami lub starymi pozycjami',
  },
}
