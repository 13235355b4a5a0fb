import { legible } from './legible.ts'

const endings =
  'com|net|org|info|biz|io|app|dev|ai|co|me|eu|nl|be|de|fr|pl|uk|at|ch|lu|es|it|pt|ie|dk|se|no|fi|cz|sk|hu|ro|lt|lv|ee|ru|cn|tk|top|xyz|site|shop|online|store|club|live|link|click|page|cloud|tech|pro|bank|pay|zip|mov|agency|finance|example|world|company|support|help|group|money|ltd|gmbh|email|services|solutions|international|digital|global|network|systems|center|today|invoices|credit|loan|exchange|ventures|space|website|icu|vip|gl|ly|gg|cc|tv|ws|ca|au|jp|br|ua|gr|li|mobi|name'
const schemes = String.raw`\bh\s?t\s?t\s?p\s?s?\s?:\s?\/\s?\/\s?\S*|\b(?:[a-z][a-z0-9+.-]{1,20}:\/\/|www\.|(?:mailto|tel|sms|javascript|data|file|callto|skype|whatsapp):(?=[^\s]))\S+`
const paths = String.raw`(?<![@\w])(?:[a-z0-9-]+\.)+[a-z]{2,24}\/\S+`
const bare = String.raw`(?<![@\w.-])(?:[\p{L}\p{N}-]{1,63}\.){1,5}(?:${endings}|xn--[a-z0-9-]{2,59})(?![\p{L}\p{N}@-]|\.\p{L})`
const numeric = String.raw`(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?=[:/])\S*`
const apart = String.raw`[a-z0-9-]{2,63}\s?[[({]\s?(?:\.|dot|punt|punkt|point|kropka)\s?[\])}]\s?[a-z]{2,24}`
const loose = String.raw`\b[a-z0-9-]{2,63}(?:\s\.\s?|\s(?:dot|punt|punkt|kropka)\s)(?:com|net|org|eu|info)(?![\p{L}\p{N}])`
const markdown = String.raw`\]\([^)\s]{3,}\)|(?<!\w)xn--[a-z0-9-]{2,59}`
const pattern = new RegExp([schemes, paths, numeric, apart, loose, markdown, bare].join('|'), 'giu')

/** Addresses with their scheme, and those that mail programs make links of without one; also where they are written to escape that. */
export const findLinks = (text: string): string[] => [...legible(text).matchAll(pattern)].map(([found]) => found).filter(found => !isSentenceEnd(found))

/** "betaald.De factuur": a full stop without its space. */
const isSentenceEnd = (found: string): boolean => /^[\p{L}\p{N}-]+\.\p{Lu}\p{Ll}+$/u.test(found)
