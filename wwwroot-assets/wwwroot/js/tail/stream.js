// One viewer's live tail over the hub: subscribes, and after a broken connection resumes at the last position, so that rows go on
// without loss or repeat, or with a labelled gap. Messages: docs/http-api.md, "The tail's hub".
import { HubConnectionBuilder, HubConnectionState, LogLevel, MessagePackHubProtocol } from '/vendor/signalr.js';

const retryDelays = [100, 500, 1000, 2000, 5000];
// The server sends at least every second; silence of this length is a dead connection.
const serverTimeout = 8000;
const keepAlive = 3000;

const nothing = { Matched: 0, Shown: 0, LeftOut: 0, Backfilled: 0 };

function add(before, now) {
  return {
    ...now,
    Matched: before.Matched + now.Matched,
    Shown: before.Shown + now.Shown,
    LeftOut: before.LeftOut + now.LeftOut,
    Backfilled: before.Backfilled + now.Backfilled,
  };
}

/**
 * Events: onStart(request) when the first batch of a new request is about to come, onBatch(rows, status, isBackfill),
 * onProblem(problem) for a request that was refused (an older one goes on), onState(state, detail) with connecting, live, waiting
 * (detail.seconds until the next attempt), stopped or signedOut, onResumed(seconds) after an interruption.
 */
export class TailStream {
  #events;
  #connection;
  #current = null;    // the subscription whose batches are shown
  #next = null;       // a subscription whose first batch has not come yet
  #attempt = 0;
  #timer = 0;
  #running = false;
  #connecting = false;
  #lostAt = 0;
  #readers = 0;       // names of subscriptions, by which the server is told what came
  #wake = () => this.#retryNow();

  constructor(events, url = '/hubs/tail') {
    this.#events = events;
    this.#connection = new HubConnectionBuilder()
      .withUrl(url)
      .withHubProtocol(new MessagePackHubProtocol())
      .configureLogging(LogLevel.None)
      .build();
    this.#connection.serverTimeoutInMilliseconds = serverTimeout;
    this.#connection.keepAliveIntervalInMilliseconds = keepAlive;
    this.#connection.onclose(() => this.#lost());
    addEventListener('online', this.#wake);
    document.addEventListener('visibilitychange', this.#wake);
  }

  /** Where the shown rows end; null before the backfill. */
  get position() {
    return this.#current?.position ?? null;
  }

  /** Follows another request; the current one goes on until the new one has its first batch. */
  follow(request) {
    this.#next?.handle?.dispose();
    this.#next = { request, position: request.Position ?? null, before: nothing, last: null, handle: null };
    this.#running = true;
    this.#go();
  }

  /** Ends the subscription for now; resume() goes on at its position. */
  stop() {
    this.#running = false;
    clearTimeout(this.#timer);
    this.#end();
    this.#events.onState('stopped', {});
  }

  resume() {
    this.#running = true;
    this.#events.onState('connecting', {});
    this.#go();
  }

  /** Leaves for good. */
  close() {
    this.#running = false;
    clearTimeout(this.#timer);
    removeEventListener('online', this.#wake);
    document.removeEventListener('visibilitychange', this.#wake);
    this.#end();
    this.#connection.stop().catch(() => { });
  }

  async #go() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (this.#connecting) {
      return;
    }

    this.#connecting = true;
    try {
      if (this.#connection.state === HubConnectionState.Disconnected) {
        this.#events.onState('connecting', {});
        await this.#connection.start();
      }
    } catch (error) {
      this.#connecting = false;
      this.#failed(error);
      return;
    }

    this.#connecting = false;
    if (this.#running) {
      this.#open(this.#current);
      this.#open(this.#next);
    }
  }

  #open(subscription) {
    if (subscription === null || subscription.handle !== null) {
      return;
    }

    subscription.reader = `r${++this.#readers}`;
    subscription.seen = 0;
    const request = { ...subscription.request, Position: subscription.position, Reader: subscription.reader };
    subscription.before = subscription.position === null ? nothing : subscription.last ?? nothing;
    const handle = this.#connection.stream('Subscribe', request).subscribe({
      next: message => subscription.handle === handle && this.#receive(subscription, message),
      error: () => this.#ended(subscription, handle),
      complete: () => this.#ended(subscription, handle),
    });
    subscription.handle = handle;
  }

  #receive(subscription, message) {
    if (message.Problem) {
      this.#refused(subscription, message.Problem);
      return;
    }

    // The server sends only so much that was not seen: what a slow way cannot carry is left out and counted instead of coming late.
    this.#connection.send('Seen', subscription.reader, ++subscription.seen).catch(() => { });
    const { Rows: rows, Status: now, IsBackfill: isBackfill } = message.Batch;
    const status = add(subscription.before, now);
    const resumes = subscription.position !== null;
    subscription.last = status;
    if (isBackfill || resumes) {
      subscription.position = now.Position;
    }

    if (subscription === this.#next) {
      if (!isBackfill && !resumes) {
        return; // the store is still being searched: the old rows stay until the new ones are there
      }

      this.#current?.handle?.dispose();
      this.#current = subscription;
      this.#next = null;
      this.#events.onStart(subscription.request);
    }

    this.#attempt = 0;
    this.#events.onState('live', {});
    if (this.#lostAt > 0) {
      this.#events.onResumed((performance.now() - this.#lostAt) / 1000, now.Gap ?? null);
      this.#lostAt = 0;
    }

    this.#events.onBatch(rows, status, isBackfill);
  }

  #refused(subscription, problem) {
    subscription.handle = null;
    if (problem.Kind === 'Unavailable' && subscription.last !== null) {
      this.#failed(null);
      return;
    }

    if (subscription === this.#next) {
      this.#next = null;
    } else {
      this.#current = null;
    }

    this.#events.onProblem(problem, this.#current !== null);
  }

  #ended(subscription, handle) {
    if (subscription.handle === handle) {
      subscription.handle = null;
      this.#lost();
    }
  }

  #lost() {
    for (const subscription of [this.#current, this.#next]) {
      if (subscription !== null) {
        subscription.handle = null;
      }
    }

    if (this.#running && (this.#current !== null || this.#next !== null)) {
      this.#failed(null);
    }
  }

  #failed(error) {
    if (error?.statusCode === 401 || error?.statusCode === 403 || /status code '40[13]'/i.test(error?.message ?? '')) {
      this.#running = false;
      this.#events.onState('signedOut', {});
      return;
    }

    // A lost connection reports itself for each stream and once more.
    if (!this.#running || this.#timer !== 0) {
      return;
    }

    this.#lostAt ||= performance.now();
    const delay = retryDelays[Math.min(this.#attempt++, retryDelays.length - 1)] * (1 + Math.random() / 4);
    this.#events.onState('waiting', { seconds: delay / 1000 });
    this.#timer = setTimeout(() => this.#running && this.#go(), delay);
  }

  #retryNow() {
    if (this.#running && this.#timer !== 0 && document.visibilityState === 'visible') {
      this.#go();
    }
  }

  #end() {
    for (const subscription of [this.#current, this.#next]) {
      const handle = subscription?.handle;
      if (handle) {
        subscription.handle = null;
        handle.dispose();
      }
    }
  }
}
