// The list below the box: a listbox whose selected option the textarea names, so that screen readers follow while the focus stays.
export class Offers {
  constructor(list, box, says, onTake) {
    this.list = list;
    this.box = box;
    this.says = says;
    this.offers = [];
    this.selected = -1;
    // Not a click: the box would lose the focus.
    list.addEventListener('mousedown', e => {
      const item = e.target.closest('li');
      if (item) {
        e.preventDefault();
        onTake(this.offers[Number(item.dataset.at)]);
      }
    });
  }

  get isOpen() {
    return !this.list.hidden;
  }

  get current() {
    return this.offers[this.selected] ?? null;
  }

  show(offers) {
    this.offers = offers;
    this.list.replaceChildren(...offers.map((offer, i) => {
      const item = document.createElement('li');
      item.role = 'option';
      item.id = `${this.list.id}-${i}`;
      item.dataset.at = i;
      for (const part of [offer.label, offer.detail ?? '']) {
        item.appendChild(document.createElement('span')).textContent = part;
      }
      return item;
    }));
    this.list.hidden = offers.length === 0;
    this.says.textContent = offers.length === 0 ? '' : this.says.dataset.words.replace('{0}', String(offers.length));
    this.select(-1);
  }

  close() {
    if (this.isOpen) {
      this.show([]);
    }
  }

  step(by) {
    const count = this.offers.length;
    this.select(this.selected < 0 && by < 0 ? count - 1 : (this.selected + by + count) % count);
  }

  select(at) {
    this.selected = at;
    [...this.list.children].forEach((item, i) => item.setAttribute('aria-selected', String(i === at)));
    const item = this.list.children[at];
    item?.scrollIntoView({ block: 'nearest' });
    if (item) {
      this.box.setAttribute('aria-activedescendant', item.id);
    } else {
      this.box.removeAttribute('aria-activedescendant');
    }
  }
}
