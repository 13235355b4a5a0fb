import type { InsuranceWords } from './en.ts'

export const insuranceNl: InsuranceWords = {
  help: 'vastleggen dat te late posten bij de kredietverzekeraar zijn gemeld',
  title: 'Kredietverzekering',
  reported: 'Gemeld',
  reportedOn: 'Gemeld op',
  reference: 'Dossiernummer van de verzekeraar',
  invoices: 'Facturen (nummers, met komma’s; leeg: alle die te laat en niet gemeld zijn)',
  dayToCome: 'Die dag moet nog komen.',
  nothingToReport: 'Geen van deze posten is verzekerd en te laat, of ze zijn allemaal al gemeld.',
  policy: (insurer, number) => `Kredietverzekering: ${insurer}, polis ${number}`,
  beyondExtension: (moneyOn, until, invoices) =>
    `Het geld moet op ${moneyOn} komen. Zonder toestemming van de verzekeraar is uitstel hoogstens tot ${until} gedekt (${invoices}): goedkeuren kan de dekking kosten.`,
  mustReport: (by, invoices) => `Te laat en niet gemeld: ${invoices}. De verzekeraar moet het uiterlijk ${by} weten, voordat dit geld komt.`,
  hadToReport: (by, invoices) => `Te laat en niet gemeld: ${invoices}. De verzekeraar had het uiterlijk ${by} moeten weten.`,
  beyond: 'Dit gaat verder dan de verzekeringspolis toelaat. Er is nog niets gedaan: lees wat het betekent en keur het dan goed of af.',
  atMost: (insurer, day) => `${insurer} dekt uitstel tot uiterlijk ${day}`,
  reportBy: (day, items) => `melden uiterlijk ${day} (${items})`,
  lateReport: (day, items) => `niet gemeld voor ${day} (${items})`,
  handOverBy: (day, items) => `overdragen uiterlijk ${day} (${items})`,
  lateHandOver: (day, items) => `niet overgedragen voor ${day} (${items})`,
  reportedItems: (day, items) => `gemeld op ${day} (${items})`,
  inTime: 'geen termijn',
  discretionary: amount => `eigen beoordelingsruimte ${amount}`,
  mustHear: tasks => (tasks === 1 ? '1 taak voor de kredietverzekeraar heeft een termijn' : `${tasks} taken voor de kredietverzekeraar hebben een termijn`),
  toReport: 'Verzekeraar moet het weten',
}
