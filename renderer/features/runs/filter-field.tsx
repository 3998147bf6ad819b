import './filter-field.css';
import { useEffect, useId, useRef, useState } from 'react';
import type { Completion } from '../../../shared/contract/runs.ts';
import { useCall } from '../../query.ts';
import { Icon } from '../../ui/icon.tsx';
import { filterProblem, highlight } from './highlight.ts';

type Props = {
  value: string;
  onChange: (filter: string) => void;
  /** Leaves the field for the table. */
  onDone: () => void;
  inputRef: React.RefObject<HTMLInputElement | null>;
};

const PAUSE_MS = 80;

/**
 * The filter language in one line: coloured as it is typed, completed with Tab, the wrong part underlined with the message
 * below. Only filters that can be read reach `onChange`, so the last valid result stays.
 */
export function FilterField({ value, onChange, onDone, inputRef }: Props) {
  const [text, setText] = useState(value);
  const [at, setAt] = useState(0);
  const [scroll, setScroll] = useState(0);
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState(0);
  const listId = useId();
  const sent = useRef(value);
  const problem = filterProblem(text);

  useEffect(() => {
    if (value !== sent.current) {
      sent.current = value;
      setText(value);
    }
  }, [value]);

  useEffect(() => {
    if (problem !== null || text === sent.current) return;
    const timer = setTimeout(
      () => {
        sent.current = text;
        onChange(text);
      },
      text === '' ? 0 : PAUSE_MS,
    );
    return () => clearTimeout(timer);
  }, [text, problem, onChange]);

  const completions = useCall(
    'runs.complete',
    { filter: text, at },
    { enabled: open, gcTime: 0, placeholderData: (old) => old },
  );
  const offers = open ? offersFor(completions.data ?? [], completions.isPlaceholderData, text, at) : [];
  const current = offers[Math.min(chosen, offers.length - 1)];
  // While the wrong part is the word that completions are offered for, the list is help enough.
  const completing = current !== undefined && problem !== null && problem.to <= at && problem.from >= current.from;

  function edit(next: string, caret: number) {
    setText(next);
    setAt(caret);
    setChosen(0);
  }

  function accept(offer: Completion) {
    const next = text.slice(0, offer.from) + offer.text + text.slice(offer.to);
    const caret = offer.from + offer.text.length;
    edit(next, caret);
    requestAnimationFrame(() => inputRef.current?.setSelectionRange(caret, caret));
  }

  function onKeyDown(event: React.KeyboardEvent) {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move !== undefined && offers.length > 0) {
      event.preventDefault();
      setChosen((chosen + move + offers.length) % offers.length);
    } else if (event.key === 'Tab' && !event.shiftKey && current) {
      event.preventDefault();
      accept(current);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      if (offers.length > 0) setOpen(false);
      else if (text !== '') edit('', 0);
      else onDone();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      setOpen(false);
      onDone();
    }
  }

  return (
    <div className="filter">
      <div className="filter-box">
        <Icon name="filter" />
        <div className="filter-text">
          <code className="filter-colours" aria-hidden="true" style={{ transform: `translateX(${-scroll}px)` }}>
            {highlight(text, problem).map((segment, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: stretches have no identity but their place
              <span key={index} className={segment.wrong ? `f-${segment.kind} f-wrong` : `f-${segment.kind}`}>
                {segment.text}
              </span>
            ))}
          </code>
          <input
            ref={inputRef}
            value={text}
            placeholder="Filter: metrics.auc > 0.8 and status = &quot;finished&quot;"
            aria-label="Filter runs"
            role="combobox"
            aria-expanded={offers.length > 0}
            aria-controls={listId}
            aria-activedescendant={current ? `${listId}-${offers.indexOf(current)}` : undefined}
            aria-invalid={problem !== null || undefined}
            aria-describedby={problem ? `${listId}-problem` : undefined}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => {
              setOpen(true);
              edit(event.target.value, event.target.selectionStart ?? event.target.value.length);
            }}
            onSelect={(event) => setAt(event.currentTarget.selectionStart ?? 0)}
            onScroll={(event) => setScroll(event.currentTarget.scrollLeft)}
            onFocus={() => setOpen(true)}
            onBlur={() => setOpen(false)}
            onKeyDown={onKeyDown}
          />
        </div>
        {text !== '' && (
          <button
            type="button"
            className="icon-btn"
            aria-label="Clear the filter"
            title="Clear the filter"
            onClick={() => edit('', 0)}
          >
            <Icon name="cross" small />
          </button>
        )}
        <span className="kbd" aria-hidden="true">
          /
        </span>
      </div>
      {problem && !completing && (
        <p className="filter-problem" id={`${listId}-problem`} role="status">
          {problem.message}
        </p>
      )}
      <div
        id={listId}
        hidden={offers.length === 0}
        className="completions"
        style={{ left: `calc(34px + ${offers[0]?.from ?? 0}ch - ${scroll}px)` }}
      >
        {offers.length > 0 && (
          <>
            <div role="listbox" aria-label="Completions">
              {offers.map((offer, index) => (
                // biome-ignore lint/a11y/useFocusableInteractive: as above
                <div
                  key={offer.text}
                  id={`${listId}-${index}`}
                  role="option"
                  aria-selected={offer === current}
                  className={offer === current ? 'completion on' : 'completion'}
                  onMouseDown={(event) => {
                    event.preventDefault();
                    accept(offer);
                  }}
                >
                  <Matched text={offer.text} typed={text.slice(offer.from, at)} />
                  <span className="completion-hint">{offer.hint}</span>
                </div>
              ))}
            </div>
            <div className="completion-keys">
              <span>
                <kbd>Tab</kbd> accept
              </span>
              <span>
                <kbd>↑</kbd> <kbd>↓</kbd> choose
              </span>
            </div>
          </>
        )}
      </div>
    </div>
  );
}

const SHOWN = 8;

/**
 * What to offer at the caret. Offers for a text that has grown since (`old`) stay while they still begin as the word does;
 * they then replace the word as it is now.
 */
function offersFor(offers: readonly Completion[], old: boolean, text: string, at: number): Completion[] {
  if (!old) return offers.slice(0, SHOWN);
  return offers
    .filter(({ text: whole, from }) => from <= at && whole.toLowerCase().startsWith(text.slice(from, at).toLowerCase()))
    .map((offer) => ({ ...offer, to: at }))
    .slice(0, SHOWN);
}

function Matched({ text, typed }: { text: string; typed: string }) {
  const begins = typed !== '' && text.toLowerCase().startsWith(typed.toLowerCase());
  return (
    <code>
      {begins && <b>{text.slice(0, typed.length)}</b>}
      {begins ? text.slice(typed.length) : text}
    </code>
  );
}
