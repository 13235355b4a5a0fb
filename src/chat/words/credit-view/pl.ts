import type { CreditViewWords } from './en.ts'

const debtors = (count: number) => `dłużników: ${count}`

/** How credit risk is looked at: lists, the company's card, history, coverage and tips, in Polish. */
export const creditViewPl: CreditViewWords = {
  // the portfolio
  weighed: (value: string, open: string, count: number) => `${value} zagrożone z ${open} otwartych, ${debtors(count)}`,
  ofOpen: (value: string, open: string) => `${value} z ${open}`,
  insured: (amount: string) => `ubezpieczone: ${amount}`,
  limitUsed: (percent: string) => `limit wykorzystany w ${percent}`,
  noLimit: 'kredyt niezalecany',
  unrated: 'bez ratingu',
  wasRated: (before: string) => `tydzień temu ${before}`,
  scoreMoved: (points: string) => `punkty ${points} w tydzień`,
  weights: (letters: string, facts: string) => `Zagrożone są otwarte i nieubezpieczone kwoty, według wagi: ${letters}; ${facts}. Liczy się najwyższa.`,
  weightNames: {
    unrated: 'bez ratingu',
    judgment: 'wyrok lub zaległość publiczna',
    longOverdue: '90 dni po terminie',
    inactive: 'nieaktywna',
    insolvency: 'niewypłacalność',
  },
  dataOf: (at: string) => `Dane wywiadowni z ${at}.`,
  onlyRating: (letter: string) => `Tylko ${letter}`,
  everyRating: 'Każdy rating',
  weekly: (administration: string) => `Ryzyko tygodnia: ${administration}`,
  // one debtor
  bureauSays: (bureau: string, day: string) => `${bureau}, ${day ? `raport z ${day}` : 'jeszcze bez raportu'}`,
  ledgerSays: (day: string) => `Własna księgowość, ${day}`,
  weight: 'Waga ryzyka',
  since: (value: string, day: string) => `${value} (od ${day})`,
  moved: (value: string, points: string, day: string) => `${value} (${points} od ${day})`,
  industry: (days: string) => `w branży ${days}`,
  parentLower: 'Spółka dominująca wypada gorzej niż sam dłużnik',
  aboveContract: 'Otwarte zamówienie powyżej limitu na umowę',
  orderAbove: (order: string, amount: string, limit: string) => `Zamówienie ${order}: ${amount}, zalecane na umowę ${limit}`,
  available: 'Ponadto w wywiadowni',
  sections: {
    financialStatements: 'sprawozdania finansowe',
    localFinancialStatements: 'sprawozdania krajowe',
    directors: 'zarząd',
    shareCapitalStructure: 'udziałowcy',
    groupStructure: 'grupa',
    negativeInformation: 'dane sądowe',
    paymentData: 'dane o płatnościach',
  },
  used: 'Wykorzystanie zalecanego limitu',
  tags: 'Oznaczenia',
  company: 'Firma',
  // who the company is
  who: (company: string) => `Firma: ${company}`,
  identity: {
    name: 'Nazwa prawna',
    tradeName: 'Nazwa handlowa',
    registrationNumber: 'Numer rejestrowy',
    vatNumber: 'NIP / VAT',
    court: 'Sąd',
    legalForm: 'Forma prawna',
    founded: 'Założona',
    capital: 'Kapitał zakładowy',
    activity: 'Działalność',
    telephone: 'Telefon',
    website: 'Strona internetowa',
  },
  // history
  historyOf: (criterion: string, company: string) => `${criterion}: ${company}`,
  timesTold: (count: number, day: string) => `wartości: ${count}, od ${day}`,
  pickCriterion: 'Co się zmieniło',
  former: (bureau: string) => `Wcześniej, w ${bureau}; dziś się nie liczy`,
  told: (text: string) => `podano „${text}”`,
  day: 'Dzień',
  value: 'Wartość',
  from: 'Źródło',
  all: 'Wszystkie dane',
  // coverage and status
  statusTitle: 'Wywiadownie gospodarcze',
  state: {
    off: 'Wyłączone: o nic nie pytamy. Administrator włącza to w ustawieniach (credit.on).',
    no_login: 'Włączone, ale brak danych logowania do wywiadowni.',
    refused: 'Wywiadownia odrzuca logowanie; nie próbujemy ponownie, dopóki się nie zmieni.',
    waiting: 'Włączone; pierwszy przebieg dziś o 23:00 w Brukseli.',
    active: 'Połączono.',
  },
  activeSince: (at: string) => `Połączono od ${at}.`,
  watched: (monitored, inScope) => `Monitorowani dłużnicy: ${monitored} z ${inScope}.`,
  lastRun: 'Ostatni przebieg',
  reports: 'Raporty zamówione w tym roku',
  reportsLeft: 'Pozostało raportów',
  quota: (country, left, paid) => `${country} ${left} z ${paid}`,
  coverage: 'Objęte, z otwartych kwot',
  stages: { valid: 'Poprawny numer firmy', identified: 'Firma rozpoznana', monitored: 'Monitorowane', fresh: 'Dane z ostatnich 24 godzin' },
  share: (percent: string, amount: string, open: string) => `${percent} (${amount} z ${open})`,
  nothingOpen: 'Nic nie jest otwarte.',
  byAdministration: 'Monitorowane, według księgi',
  helpStatus: 'czy wywiadownie są połączone, co przyniósł ostatni przebieg, jaka część otwartych kwot jest objęta',
  helpCompany: 'kim jest dłużnik według wywiadowni gospodarczej',
  helpTips: 'jedna wskazówka o własnych danych z tej chwili',
  // tips
  tipTitle: 'Wskazówka',
  nextTip: 'Inna wskazówka',
  showDebtors: 'Pokaż',
  noTip: 'Nic się teraz nie wyróżnia: brak wskazówki.',
  rank: (place: number, of: number) => `${place} z ${of}`,
  tips: {
    insolvent: (count: number, open: string) =>
      `Mimo zgłoszonej niewypłacalności mogą wychodzić wezwania: ${debtors(count)} (${open} otwarte). Wstrzymaj je i zgłoś wierzytelność.`,
    over_limit: (count: number, open: string) => `Ponad zalecany limit: ${debtors(count)} (${open} otwarte). Poproś o przedpłatę albo ustal własny limit.`,
    falling_promiser: (count: number, open: string) =>
      `Złamana obietnica przy spadku punktów: ${debtors(count)}, ${open} otwarte. Zadzwoń przed następnym wezwaniem.`,
    bad_number: (count: number, open: string) => `Nikt nie monitoruje, bo numer firmy jest niepoprawny: ${debtors(count)}, ${open} otwarte. Popraw numer.`,
    no_number: (count: number, open: string) => `Nikt nie monitoruje, bo brakuje kraju lub numeru firmy: ${debtors(count)}, ${open} otwarte. Uzupełnij go.`,
    ambiguous: (count: number, open: string) => `Nikt nie monitoruje, bo nie wiadomo, która to firma: ${debtors(count)}, ${open} otwarte. Wybierz właściwą.`,
    bad_rating_undue: (count: number, open: string) =>
      `Rating D lub E i jeszcze nic po terminie: ${debtors(count)}, ${open} otwarte. Sprawdź warunki, póki czas.`,
    slower_elsewhere: (count: number, open: string) =>
      `Innym płacą ponad 20 dni po terminie, Państwu jeszcze na czas: ${debtors(count)}, ${open} otwarte. Możecie być następni.`,
    unreachable: (count: number, open: string) => `Po terminie i bez kontaktu, do którego można napisać: ${debtors(count)}, ${open} otwarte. Dodaj kontakt.`,
    unapplied: (count: number, open: string) =>
      `Po terminie, z wpłatami bez przypisanej faktury: ${debtors(count)}, ${open} otwarte. Rozlicz je, zanim wezwiesz do zapłaty.`,
    good_but_disputed: (count: number, open: string) =>
      `Rating A, a zapłata czeka na odpowiedź w sporze: ${debtors(count)}, ${open} otwarte. Odpowiedz: pieniądze są.`,
  },
  // help
  helpTopic: 'Ryzyko kredytowe: jak to działa',
  helpLines: [
    'Co noc o 23:00 Duncan pyta wywiadownię, co zmieniło się u dłużników z otwartymi pozycjami. Płatne raporty zamawia tylko tam, gdzie coś się stało.',
    'Niewypłacalności, wyroki i zaległości publiczne trafiają od razu na kartę, reszta na kartę nocną. Nic nie zmienia się samo: opcja na karcie najpierw prosi o decyzję.',
    'Dłużnik jest znajdowany po numerze firmy w swoim kraju. Bez poprawnego numeru nie jest monitorowany i trafia na listę z powodem.',
    'Gdy wyłączone, o nic nie pytamy i za nic nie płacimy. Wezwania idą jak dotąd, włączone czy nie.',
  ],
}
