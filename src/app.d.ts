/// <reference types="vite/client" />

declare global {
  namespace App {
    interface Error {
      message: string
    }
    /** Only ids travel here, never words about a client. */
    interface PageState {
      wanted?: string
    }
  }
}

export {}
