import { Parser } from 'saxen'
import { UnreadableFile } from './table.ts'

interface Listener {
  /** The name without its prefix; the attributes by their whole names. */
  open?: (name: string, attribute: (name: string) => string | undefined) => void
  close?: (name: string) => void
  text?: (text: string) => void
}

const bare = (name: string): string => name.slice(name.indexOf(':') + 1)

/** Reads XML once from beginning to end. Entities of its own making are not followed. */
export function readXml(xml: string, { open, close, text }: Listener): void {
  if (/<!DOCTYPE/i.test(xml.slice(0, 4096))) throw new UnreadableFile('broken')
  const faults: Error[] = []
  new Parser()
    .on('openTag', (name, attributes, decode) => {
      if (!open) return
      open(bare(name), (wanted) => {
        const all = attributes()
        const value = all === true ? undefined : all[wanted]
        return value === undefined ? undefined : decode(value)
      })
    })
    .on('closeTag', (name) => close?.(bare(name)))
    .on('text', (raw, decode) => text?.(decode(raw)))
    .on('cdata', (raw) => text?.(raw))
    .on('error', (fault) => faults.push(fault))
    .parse(xml)
  if (faults.length > 0) throw new UnreadableFile('broken')
}
