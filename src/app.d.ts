/// <reference types="vite/client" />

declare global {
  namespace App {
    interface Error {
      message: string
    }
    interface PageState {
      /** Which tab of a customership is open at the office: a word of the screen, never of a client. */
      tab?: string
      /** What a queue opens a customership for. */
      purpose?: import('#contract/role.ts').Purpose
    }
  }
}

export {}
