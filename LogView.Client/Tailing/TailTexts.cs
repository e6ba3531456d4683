using Microsoft.Extensions.Localization;

namespace LogView.Client.Tailing;

/// <summary>The texts that the browser's part writes, by the names it knows them by.</summary>
internal static class TailTexts
{
    public static IReadOnlyDictionary<string, string> For(IStringLocalizer<TailText> text) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["connecting"] = text["connecting"],
        ["live"] = text["live"],
        ["waiting"] = text["not connected, next attempt in {0} s"],
        ["stopped"] = text["stopped"],
        ["signedOut"] = text["signed out"],
        ["problem"] = text["not running"],
        ["pause"] = text["Pause"],
        ["resume"] = text["Resume"],
        ["isNew"] = text["{0} new"],
        ["gap"] = text["Gap"],
        ["leftOutHere"] = text["{0} left out here"],
        ["resumed"] = text["Connected again after {0} s; nothing is missing"],
        ["stoppedAfter"] = text["Stopped after {0} events"],
        ["others"] = text["others: asked every {0} s"],
        ["trouble"] = text["Events of others do not come now and will be shown afterwards: {0}"],
        ["sampled"] = text["More arrives than eyes can read: the newest of each moment are shown, the others counted as left out"],
    };
}
