namespace LogView.Server.Storage.Embedded.Heads;

/// <summary>A flag per event: did the shipper give its id? One writer; readers ask for published events only.</summary>
internal sealed class GivenDocs
{
    private ulong[] _words = new ulong[4];

    public void Add(int doc, bool isGiven)
    {
        if (doc >> 6 >= _words.Length)
        {
            ulong[] wider = _words;
            Array.Resize(ref wider, wider.Length * 2);
            Volatile.Write(ref _words, wider);
        }

        if (isGiven)
        {
            _words[doc >> 6] |= 1UL << (doc & 63);
        }
    }

    public bool Contains(int doc) => (Volatile.Read(ref _words)[doc >> 6] >> (doc & 63) & 1) != 0;

    /// <summary>Takes back the flags of events that were never published.</summary>
    public void Truncate(int doc)
    {
        int word = doc >> 6;
        if (word < _words.Length)
        {
            _words[word] &= (1UL << (doc & 63)) - 1;
            _words.AsSpan(word + 1).Clear();
        }
    }
}
