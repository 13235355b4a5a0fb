import { type Client, clients } from './clients.ts'
import { words } from './words.ts'

export type Specimen = { name: string; subject: string; text: string; html?: string; own: string[]; quoted: string[]; noise: string[] }

/** Where the own words stand, and what stands around them. */
type Placing = { name: string; isFor: (client: Client) => boolean; write: (client: Client) => Pick<Specimen, 'text' | 'own' | 'noise'> }

const always = () => true
const reminder = (client: Client): string[] => words[client.language].reminder.flatMap(line => [line, '']).slice(0, -1)

const placings: Placing[] = [
  {
    name: 'on top',
    isFor: always,
    write: client => {
      const { greeting, own, closing, name } = words[client.language]
      const said = [greeting, '', ...own, '', closing, name]
      return { text: [...said, '', ...client.quote(reminder(client))].join('\n'), own: said.filter(Boolean), noise: [] }
    },
  },
  {
    name: 'one line right above',
    isFor: always,
    write: client => ({
      text: [words[client.language].own[0], ...client.quote(reminder(client))].join('\n'),
      own: [words[client.language].own[0]],
      noise: [],
    }),
  },
  {
    name: 'on top, with signature, notice and banner',
    isFor: always,
    write: client => {
      const { banner, greeting, own, closing, name, signature, footer, disclaimer, ps } = words[client.language]
      const text = [
        banner,
        '',
        greeting,
        '',
        own[0],
        own[2],
        '',
        closing,
        name,
        ...signature,
        '',
        ps,
        '',
        footer,
        '',
        ...disclaimer,
        '',
        ...client.quote(reminder(client)),
      ]
      return { text: text.join('\n'), own: [greeting, own[0], own[2], ps], noise: [banner, ...signature, footer, ...disclaimer] }
    },
  },
  {
    name: 'on top, from a phone, signed by dashes',
    isFor: always,
    write: client => {
      const { own, name, signature, mobile } = words[client.language]
      const text = [own[0], '', own[1], '', mobile, '', '-- ', name, ...signature, '', ...client.quote(reminder(client))]
      return { text: text.join('\n'), own: [own[0], own[1]], noise: [mobile, ...signature] }
    },
  },
  {
    name: 'below',
    isFor: ({ marked, isForward }) => marked && isForward !== true,
    write: client => {
      const { own, closing, name } = words[client.language]
      const said = [own[0], own[1], '', closing, name]
      return { text: [...client.quote(reminder(client)), '', ...said].join('\n'), own: said.filter(Boolean), noise: [] }
    },
  },
  {
    name: 'between',
    isFor: ({ marked, isForward }) => marked && isForward !== true,
    write: client => {
      const { greeting, own, inline, closing, name } = words[client.language]
      const quote = client.quote(reminder(client))
      const first = quote.length - 4
      const text = [
        greeting,
        own[0],
        '',
        ...quote.slice(0, first),
        '',
        inline[0],
        '',
        ...quote.slice(first, first + 2),
        inline[1],
        ...quote.slice(first + 2),
        '',
        closing,
        name,
      ]
      return { text: text.join('\n'), own: [greeting, own[0], ...inline, closing, name], noise: [] }
    },
  },
]

/** Every program in every language, with the own words in every place that goes with it. */
export const specimens: readonly Specimen[] = clients.flatMap(client =>
  placings
    .filter(({ isFor }) => isFor(client))
    .map(placing => ({
      name: `${client.language}, ${client.name}, ${placing.name}`,
      subject: client.isForward ? 'Fwd: Herinnering' : 'Re: Herinnering',
      quoted: words[client.language].reminder.filter(Boolean),
      ...placing.write(client),
    })),
)
