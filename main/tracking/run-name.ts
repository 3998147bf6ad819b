import { randomInt } from 'node:crypto';

const adjectives =
  'able airy amber brave brisk calm clear cosy crisp eager early even fair fine firm fleet fond frank fresh gentle glad good grand keen kind late light lively loyal lucid merry mild neat nimble plain polite proud quick quiet ready rare silent smart sober steady still sunny sure swift tidy warm wise witty'.split(
    ' ',
  );
const nouns =
  'alder ash aspen birch bittern brook cedar cliff coot crane curlew dale dove dune egret elm falcon fern finch fjord grebe grove gull heath heron hill ibis jay kite lake lark linden maple marsh martin meadow merlin moor oak osprey otter owl pine plover reed robin rook ruff shore spruce stork swan teal tern thrush vale wren willow'.split(
    ' ',
  );

/** A name for a run that was given none: an adjective, a noun and a number. */
export const inventRunName = (): string =>
  `${adjectives[randomInt(adjectives.length)]}-${nouns[randomInt(nouns.length)]}-${randomInt(1, 1000)}`;
