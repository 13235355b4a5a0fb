import type { InsuranceWords } from './en.ts'

export const insurancePl: InsuranceWords = {
  help: 'zapisać, że zaległe pozycje zgłoszono ubezpieczycielowi należności',
  title: 'Ubezpieczenie należności',
  reported: 'Zgłoszono',
  reportedOn: 'Zgłoszono dnia',
  reference: 'Numer sprawy u ubezpieczyciela',
  invoices: 'Faktury (numery po przecinku; puste: wszystkie zaległe i niezgłoszone)',
  dayToCome: 'Ten dzień jeszcze nie nadszedł.',
  nothingToReport: 'Żadna z tych pozycji nie jest ubezpieczona i zaległa albo wszystkie są już zgłoszone.',
  policy: (insurer, number) => `Ubezpieczenie należności: ${insurer}, polisa ${number}`,
  beyondExtension: (moneyOn, until, invoices) =>
    `Pieniądze mają wpłynąć ${moneyOn}. Bez zgody ubezpieczyciela przedłużenie jest objęte ochroną najwyżej do ${until} (${invoices}): zatwierdzenie może kosztować jej utratę.`,
  mustReport: (by, invoices) => `Zaległe i niezgłoszone: ${invoices}. Ubezpieczyciel musi o tym wiedzieć najpóźniej ${by}, zanim wpłyną te pieniądze.`,
  hadToReport: (by, invoices) => `Zaległe i niezgłoszone: ${invoices}. Ubezpieczyciel powinien był o tym wiedzieć najpóźniej ${by}.`,
  beyond: 'To wykracza poza warunki polisy. Nic jeszcze nie zrobiono: proszę przeczytać, co to oznacza, a potem zatwierdzić lub odrzucić.',
  atMost: (insurer, day) => `${insurer} obejmuje ochroną przedłużenie najwyżej do ${day}`,
  reportBy: (day, items) => `zgłosić do ${day} (${items})`,
  lateReport: (day, items) => `nie zgłoszono do ${day} (${items})`,
  handOverBy: (day, items) => `przekazać do windykacji do ${day} (${items})`,
  lateHandOver: (day, items) => `nie przekazano do windykacji do ${day} (${items})`,
  reportedItems: (day, items) => `zgłoszono ${day} (${items})`,
  inTime: 'brak terminu',
  discretionary: amount => `limit uznaniowy ${amount}`,
  mustHear: tasks => `Zadania dla ubezpieczyciela należności z terminem: ${tasks}`,
  toReport: 'Ubezpieczyciel musi wiedzieć',
}
