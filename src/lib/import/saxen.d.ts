/** What of the parser is used here; its package brings no types. */
declare module 'saxen' {
  export class Parser {
    on(
      name: 'openTag',
      use: (
        name: string,
        attributes: () => Readonly<Record<string, string>> | true,
        decode: (text: string) => string
      ) => void
    ): this
    on(name: 'closeTag', use: (name: string) => void): this
    on(name: 'text', use: (text: string, decode: (text: string) => string) => void): this
    on(name: 'cdata', use: (text: string) => void): this
    on(name: 'error', use: (error: Error) => void): this
    parse(text: string): void
  }
}
