const escaped = (text: string): string => text.replaceAll(/[\\%_]/g, String.raw`\$&`)

/** A pattern of LIKE for what has this text in it; its % and _ are characters like any other. */
export const anywhere = (text: string): string => `%${escaped(text)}%`

/** A pattern of LIKE for what begins with this text. */
export const startingWith = (text: string): string => `${escaped(text)}%`
