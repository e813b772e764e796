/** `keeps`: what is handed over is kept, and so no secret may be in it. `asks`: nothing that could hold one is. */
export type CallKind = 'keeps' | 'asks';

/** All that an area of the store can be asked, by name; that none is missing is the compiler's word. */
export type Calls<Area> = Record<keyof Area, CallKind>;
