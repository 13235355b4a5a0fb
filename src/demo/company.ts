import { Temporal } from 'temporal-polyfill'
import { seededRandom } from './seeded-random.ts'

export type DemoDebtor = {
  /** Language and place in it: what the demo's mails refer to. */
  key: string
  number: string
  name: string
  country: string
  language: string
  contact: string
  email: string
  phone: string
  companyNumber: string
  court: string
  street: string
  postcode: string
  city: string
  group: string
  collector: string
}
export type DemoInvoice = {
  number: string
  debtor: DemoDebtor
  invoiceDate: Temporal.PlainDate
  dueDate: Temporal.PlainDate
  cents: number
  openCents: number
  currency: string
}

/** The creditor of the demo; invented, like everybody in it. */
export const demoCompany = {
  code: 'BD',
  name: 'Brightdesk Office B.V.',
  address: 'debtors@brightdesk.example',
  street: 'Oude Werf 14',
  postcode: '3500 ZZ',
  city: 'Utrecht',
  /** Its check digits are right, its bank does not exist. */
  iban: 'NL79 BDSK 0417 2039 60',
}
export const demoStaff = [
  { key: 'sanne', name: 'Sanne Visser', email: 'sanne.visser@brightdesk.example', role: 'collector', language: 'nl' },
  { key: 'lucas', name: 'Lucas Moreau', email: 'lucas.moreau@brightdesk.example', role: 'collector', language: 'fr' },
  { key: 'eva', name: 'Eva Lindner', email: 'eva.lindner@brightdesk.example', role: 'approver', language: 'de' },
  { key: 'morgan', name: 'Morgan Reed', email: 'morgan.reed@brightdesk.example', role: 'admin', language: 'en' },
  { key: 'vera', name: 'Vera Nowak', email: 'vera.nowak@brightdesk.example', role: 'viewer', language: 'pl' },
] as const

type Country = { country: string; language: string; currency: string; legalForm: string; companies: [name: string, contact: string, city: string][] }
const countries: Country[] = [
  {
    country: 'NL',
    language: 'nl',
    currency: 'EUR',
    legalForm: 'B.V.',
    companies: [
      ['Van der Meulen Installatie', 'Bas van der Meulen', 'Zwolle'],
      ['Koster & Zonen Transport', 'Ineke Koster', 'Venlo'],
      ['Studio Waterlijn', 'Noor Elzinga', 'Groningen'],
      ['Bakkerij De Korenhof', 'Wim Talsma', 'Deventer'],
      ['Hoogstraten Events', 'Rik Hoogstraten', 'Breda'],
      ['Polderland Techniek', 'Anja Groot', 'Lelystad'],
      ['Tuincentrum Het Groene Hart', 'Peter Blom', 'Gouda'],
      ['Rijnmond Fysiotherapie', 'Fatima El Idrissi', 'Rotterdam'],
      ['Zilverberg Juristen', 'Joost Zilverberg', 'Arnhem'],
      ['Camping De Zandloper', 'Truus Hofman', 'Ommen'],
      ['Kade 9 Architecten', 'Milan Verhoef', 'Delft'],
      ['Noordwind Logistiek', 'Esther Prins', 'Heerenveen'],
    ],
  },
  {
    country: 'GB',
    language: 'en',
    currency: 'GBP',
    legalForm: 'Ltd',
    companies: [
      ['Harrow & Finch Interiors', 'Amelia Finch', 'Leeds'],
      ['Pennine Logistics', 'Tom Ashworth', 'Huddersfield'],
      ['Larkspur Dental Group', 'Priya Nair', 'Bristol'],
      ['Oakmere Schools Trust', 'Helen Marsh', 'Chester'],
      ['Blackwater Brewing', 'Jamie Cole', 'Maldon'],
      ['Thornbury Surveyors', 'Owen Price', 'Cardiff'],
      ['Quayside Media', 'Zara Khan', 'Newcastle'],
      ['Redfern Engineering', 'Paul Whitaker', 'Sheffield'],
      ['Silverdale Care Homes', 'Grace Obi', 'Lancaster'],
      ['Calder Valley Foods', 'Ian Sutcliffe', 'Halifax'],
      ['Mason Green Partners', 'Lucy Mason', 'London'],
      ['Northgate Fitness', 'Dev Patel', 'York'],
    ],
  },
  {
    country: 'DE',
    language: 'de',
    currency: 'EUR',
    legalForm: 'GmbH',
    companies: [
      ['Hartwig Maschinenbau', 'Jürgen Hartwig', 'Aachen'],
      ['Lindenhof Hotelbetrieb', 'Katrin Seidel', 'Freiburg'],
      ['Müller & Brandt Elektro', 'Stefan Brandt', 'Kassel'],
      ['Alpenblick Sportartikel', 'Monika Huber', 'Rosenheim'],
      ['Nordsee Fischhandel', 'Hauke Petersen', 'Bremerhaven'],
      ['Steinfeld Immobilien', 'Ralf Steinfeld', 'Köln'],
      ['Praxisgruppe Am Markt', 'Dr. Ute Wagner', 'Jena'],
      ['Kieswerk Baumann', 'Lars Baumann', 'Ulm'],
      ['Werbeagentur Farbton', 'Mira Yildiz', 'Berlin'],
      ['Spedition Rothe', 'Dirk Rothe', 'Leipzig'],
      ['Gärtnerei Sommerfeld', 'Heike Sommerfeld', 'Erfurt'],
      ['Brauhaus Zum Hirschen', 'Anton Kraus', 'Bamberg'],
    ],
  },
  {
    country: 'FR',
    language: 'fr',
    currency: 'EUR',
    legalForm: 'SAS',
    companies: [
      ['Ateliers Beaumont', 'Claire Beaumont', 'Nantes'],
      ['Transports Lavigne', 'Hugo Lavigne', 'Dijon'],
      ['Clinique des Tilleuls', 'Nadia Benali', 'Tours'],
      ['Maison Delcourt', 'Philippe Delcourt', 'Lille'],
      ['Imprimerie du Canal', 'Sophie Garnier', 'Toulouse'],
      ['Boulangerie Perrin', 'Luc Perrin', 'Annecy'],
      ['Cabinet Rousselot', 'Marc Rousselot', 'Rennes'],
      ['Hôtel du Vieux Port', 'Camille Arnaud', 'Marseille'],
      ['Vignobles Castaing', 'Julien Castaing', 'Bordeaux'],
      ['École Horizon', 'Manon Fabre', 'Grenoble'],
      ['Garage Montclair', 'Éric Montclair', 'Metz'],
      ['Studio Lumière Noire', 'Yanis Haddad', 'Lyon'],
    ],
  },
  {
    country: 'PL',
    language: 'pl',
    currency: 'PLN',
    legalForm: 'sp. z o.o.',
    companies: [
      ['Biuro Projektowe Wisła', 'Tomasz Zieliński', 'Kraków'],
      ['Hurtownia Baltyk', 'Agnieszka Mazur', 'Gdynia'],
      ['Meble Dębowe', 'Piotr Lewandowski', 'Poznań'],
      ['Przychodnia Zdrowie', 'Ewa Jankowska', 'Łódź'],
      ['Trans-Odra', 'Marek Sikora', 'Wrocław'],
      ['Drukarnia Kaszuby', 'Joanna Kamińska', 'Kartuzy'],
      ['Piekarnia Złoty Kłos', 'Adam Wróbel', 'Lublin'],
      ['Hotel Pod Giewontem', 'Barbara Gąsienica', 'Zakopane'],
      ['Centrum Szkoleń Progres', 'Michał Dudek', 'Warszawa'],
      ['Elektro-Serwis Nowak', 'Karol Wójcik', 'Rzeszów'],
      ['Studio Graficzne Pixel', 'Natalia Król', 'Katowice'],
      ['Ogrody Mazowsza', 'Paweł Górski', 'Płock'],
    ],
  },
]

const collectors: Record<string, string> = { nl: 'sanne', en: 'morgan', de: 'eva', fr: 'lucas', pl: 'morgan' }
const groups: Record<string, string> = { 'nl-2': 'Koster Groep', 'nl-12': 'Koster Groep', 'de-3': 'Brandt Holding', 'de-8': 'Brandt Holding' }
const domainOf = (name: string) => `${plainLetters(name)}.example`
const plainLetters = (name: string) =>
  name
    .toLowerCase()
    .normalize('NFD')
    .replaceAll('ł', 'l')
    .replaceAll('ß', 'ss')
    .replaceAll(/[^a-z0-9 ]/g, '')
    .trim()
    .replaceAll(/ +/g, '-')

/** The sixty debtors of the demo, twelve in each of five countries; the same at every call. */
export function demoDebtors(): DemoDebtor[] {
  return countries.flatMap((home, homeIndex) =>
    home.companies.map(([name, contact, city], index) => {
      const key = `${home.language}-${index + 1}`
      const serial = homeIndex * 12 + index + 1
      return {
        key,
        number: String(10_000 + serial * 7),
        name: `${name} ${home.legalForm}`,
        country: home.country,
        language: home.language,
        contact,
        email: `${plainLetters(contact).replaceAll('-', '.')}@${domainOf(name)}`,
        phone: '',
        ...companyNumber(home.country, serial, city),
        ...addressOf(home.country, serial),
        city,
        group: groups[key] ?? '',
        collector: collectors[home.language] ?? 'sanne',
      }
    }),
  )
}

/** A street that many towns have, and a postcode of the right form. */
function addressOf(country: string, serial: number): { street: string; postcode: string } {
  const number = 1 + ((serial * 7) % 90)
  const [street = '', postcode = ''] =
    {
      NL: [`Dorpsstraat ${number}`, `${9_900 + serial} ZZ`],
      GB: [`${number} High Street`, `ZZ${1 + (serial % 9)} 9ZZ`],
      DE: [`Hauptstraße ${number}`, String(99_900 + serial)],
      FR: [`${number} rue de la Gare`, String(99_900 + serial)],
      PL: [`ul. Ogrodowa ${number}`, `99-${900 + serial}`],
    }[country] ?? []
  return { street, postcode }
}

/** Numbers of the right form from ranges that the registers have not reached. */
function companyNumber(country: string, serial: number, city: string): { companyNumber: string; court: string } {
  const digits = String(9_900 + serial)
  if (country === 'DE') return { companyNumber: `HRB 9${digits}`, court: `Amtsgericht ${city}` }
  if (country === 'FR') return { companyNumber: withLuhnDigit(`9990${digits}`), court: '' }
  if (country === 'PL') return { companyNumber: `000999${digits}`, court: '' }
  return { companyNumber: `9999${digits}`, court: '' }
}

function withLuhnDigit(digits: string): string {
  const sum = digits
    .split('')
    .toReversed()
    .reduce((total, digit, place) => {
      const value = Number(digit) * (place % 2 === 0 ? 2 : 1)
      return total + (value > 9 ? value - 9 : value)
    }, 0)
  return `${digits}${(10 - (sum % 10)) % 10}`
}

/** About four hundred invoices, most of them open, some long overdue; the same on one day. */
export function demoInvoices(debtors: DemoDebtor[], today: Temporal.PlainDate): DemoInvoice[] {
  const random = seededRandom(20_261)
  const currencies = new Map(countries.map(home => [home.country, home.currency]))
  return Array.from({ length: 400 }, (_, index) => {
    const debtor = debtors[index % debtors.length]
    if (!debtor) throw new RangeError('the demo needs debtors')
    const invoiceDate = today.subtract({ days: Math.round(3 + random() * 150) })
    const dueDate = invoiceDate.add({ days: debtor.country === 'FR' ? 45 : 30 })
    const cents = Math.round((120 + random() ** 3 * 18_000) * 100)
    // The first three rounds stay open, so that every mail has invoices to speak of.
    const share = index < 3 * debtors.length ? 1 : random() < 0.25 ? 0 : random() < 0.15 ? 0.4 : 1
    return {
      number: `BD-${invoiceDate.year}-${String(4_100 + index)}`,
      debtor,
      invoiceDate,
      dueDate,
      cents,
      openCents: Math.round(cents * share),
      currency: currencies.get(debtor.country) ?? 'EUR',
    }
  })
}
