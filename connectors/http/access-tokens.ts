/** What a call shows to be let in. */
export interface Token {
  value: string;
  /** epoch ms after which a new one is fetched; absent = until the system refuses it */
  expiresAt?: number;
  /** base URL the token belongs to, where the system says so */
  baseUrl?: string;
}

/** Where the client has its tokens from, whatever the protocol by which one signs in. */
export interface AccessTokens {
  /** To be noted when a call is asked for, and handed over when it gets its turn: what failed in between is its failure, too. */
  readonly moment: number;
  get(since?: number): Promise<Token>;
  /** Forgets the token that was refused; a newer one, fetched meanwhile by another call, is kept. */
  refused(token: Token): void;
  /** Whether the token that was refused is no longer the one in use: the refusal says nothing new. */
  isFormer(token: Token): boolean;
  /** The address that came with the token does not seem to be the system's any more. Answers whether the next call gets another token. */
  doubtAddress(token: Token): boolean;
}
