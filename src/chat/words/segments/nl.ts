import type { SegmentWords } from './en.ts'

/** What is said about segments, in Dutch. */
export const segmentsNl: SegmentWords = {
  help: 'segmenten met hun debiteuren, en wat er een kan worden',
  title: 'Segmenten',
  none: 'De instellingen hebben nog geen segmenten.',
  debtors: count => `Debiteuren: ${count}`,
  counted: (count, leading) => `Debiteuren: ${count}, leidend voor ${leading}`,
  inNone: 'In geen segment',
  showDebtors: 'Debiteuren tonen',
  suggest: 'Segmenten voorstellen',
  suggested: 'Voorgestelde segmenten',
  suggestedText: 'Druk op een voorstel om het in de instellingen te zetten. Daar kan het worden gewijzigd en teruggedraaid.',
  suggestedNone: 'Er valt niets voor te stellen: de administratie is leeg, of de instellingen hebben deze segmenten al.',
  ofAll: (count, all) => `${count} van ${all} debiteuren`,
  accept: title => `“${title}” overnemen`,
  confirm: query => `De instellingen krijgen een nieuwe versie met dit segment: ${query}`,
  yes: 'In de instellingen zetten',
  accepted: (title, version) => `“${title}” staat in de instellingen, versie ${version}.`,
  changed: 'De portefeuille of de instellingen zijn intussen gewijzigd; er is niets geschreven.',
  because: {
    balance_share: percent => `samen ${percent}% van het saldo`,
    inside: countries => `in ${countries}`,
    outside: countries => `buiten ${countries}`,
    legal_form: forms => `rechtsvorm ${forms}`,
    pays_late: 'laat, of met gebroken toezeggingen of oude posten',
  },
}
