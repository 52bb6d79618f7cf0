/** The lines of a unit by name; a name may stand in several. */
export function unitOf(text: string): Readonly<Record<string, readonly string[]>> {
  const lines: Record<string, string[]> = {}
  for (const line of text.split('\n')) {
    const [, name, value = ''] = /^([A-Za-z]+)=(.*)$/.exec(line) ?? []
    if (name !== undefined) (lines[name] ??= []).push(value)
  }
  return lines
}

/** A file of settings as systemd reads one. */
export function settingsOf(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf('=')
      return [line.slice(0, at), line.slice(at + 1)]
    })
  )
}

/** The commands of the README under a heading, up to the next one, block by block. */
export function commandsUnder(readme: string, heading: string): string[] {
  const from = readme.indexOf(`\n${heading}\n`)
  if (from === -1) throw new Error(`the README has no ${heading}`)
  const rest = readme.slice(from + heading.length + 2)
  const end = rest.search(/\n#{2,3} /)
  const section = end === -1 ? rest : rest.slice(0, end)
  return [...section.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, text = '']) => text)
}
