import type { BureauCompany } from '../../../src/demo/bureau/company.ts'

// Invented alert mails of the shape that a bureau's web tool may send; no word of them is a bureau's.

const link = (id: string): string => `https://app.creditsafe.com/companies/${id}`

/** A plain mail about one company: a line for each change, as `Rating: B -> D`. */
export const aBureauMail = ({ id, name, registrationNumber }: Pick<BureauCompany, 'id' | 'name' | 'registrationNumber'>, ...changes: string[]): string =>
  `Good morning,\n\nCompany: ${name}\nCompany number: ${registrationNumber}\n\n${changes.join('\n')}\n\nOpen the company: ${link(id)}\nYou receive this because you follow the company. Change your address and settings any time.\n`

type Mail = { subject: string; text: string; html: string | undefined }
const plain = (subject: string, ...lines: string[]): Mail => ({ subject, text: lines.join('\n'), html: undefined })

/** What each mail must be read as: `criterion before > value`, behind the company's key. */
export const sampleMails: [what: string, mail: Mail, told: string[]][] = [
  [
    'a line for each change, in English',
    plain(
      '',
      aBureauMail(
        { id: 'NL-X-99990001', name: 'Zeilmakerij Voorbeeld B.V.', registrationNumber: '99990001' },
        'International rating: B -> D',
        'Credit limit: EUR 25,000 -> EUR 5,000',
      ),
    ),
    ['NL-X-99990001 international_rating B > D', 'NL-X-99990001 credit_limit EUR 25,000 > EUR 5,000'],
  ],
  [
    'a label for each value, in Dutch',
    plain(
      'Wijziging',
      'Bedrijf: De Voorbeeldige Fabriek B.V.',
      'KvK-nummer: 99990002',
      'Wijziging: Internationale score',
      'Oude waarde: A',
      'Nieuwe waarde: C',
      link('NL-X-99990002'),
    ),
    ['NL-X-99990002 international_rating A > C'],
  ],
  [
    'a table in French with two companies, each named before what changed about it',
    {
      subject: 'Vos entreprises suivies',
      text: '',
      html: `<p>Bonjour,</p><h2><a href="${link('FR-X-99900001100011')}">Ateliers Exemple SAS</a></h2><p>SIREN : 999 000 011</p>
        <table><tr><th>Critère</th><th>Ancien</th><th>Nouveau</th></tr><tr><td>Limite de crédit</td><td>12 000 €</td><td>0 €</td></tr></table>
        <h2><a href="${link('FR-X-99900001700011')}">Verrerie Modèle SAS</a></h2><p>Événement : Jugement d’ouverture, redressement judiciaire</p>
        <p><a href="${link('FR-X-99900001700011')}">Voir l’entreprise</a></p>`,
    },
    ['FR-X-99900001100011 credit_limit 12 000 € > 0 €', 'FR-X-99900001700011 insolvency - > -'],
  ],
  [
    'a table whose new value stands first, each company linked after it',
    {
      subject: 'Daily summary',
      text: '',
      html: `<table><tr><th>What</th><th>New</th><th>Old</th></tr><tr><td>Credit score</td><td>31</td><td>58</td></tr></table><a href="${link('GB-0-99990003')}">Open the company</a>
        <table><tr><th>What</th><th>New</th><th>Old</th></tr><tr><td>County court judgments</td><td>2</td><td>0</td></tr></table><a href="${link('GB-0-99990004')}">Open the company</a>`,
    },
    ['GB-0-99990003 score 58 > 31', 'GB-0-99990004 judgments 0 > 2'],
  ],
  [
    'a sentence in German about a company whose own name sounds like a criterion',
    plain(
      'Änderung',
      'Firma: Score und Insolvenz Beratung GmbH',
      'Handelsregisternummer: HRB 99912',
      'Die Bonität der Score und Insolvenz Beratung GmbH hat sich von 280 auf 400 geändert.',
      link('DE-X-99912'),
    ),
    ['DE-X-99912 score 280 > 400 geändert'],
  ],
  [
    'labels in Polish, through a counter of clicks',
    plain(
      '',
      'Spółka: Żagle Przykładowe Sp. z o.o.',
      'NIP: 5260001246',
      'Zmiana: Limit kredytowy',
      'Poprzednia wartość: 10 000 zł',
      'Nowa wartość: 0 zł',
      'https://click.example/?to=https%3A%2F%2Fapp.creditsafe.com%2Fcompanies%2FPL-X-9990',
    ),
    ['PL-X-9990 credit_limit 10 000 zł > 0 zł'],
  ],
  [
    'only a subject',
    plain('Zeilmakerij Voorbeeld B.V.: company status', 'Company: Zeilmakerij Voorbeeld B.V.', link('NL-X-99990001')),
    ['NL-X-99990001 status - > -'],
  ],
  ['something that Duncan does not keep', plain('News', 'Event: New accounts filed', link('NL-X-99990001')), ['NL-X-99990001 - - > -']],
  ['no company at all', plain('Your password was changed', 'Sign in at https://app.creditsafe.com/login'), []],
]
