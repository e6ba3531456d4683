namespace LogView.Client.Layout;

/// <summary>The list of keys, by where they work.</summary>
public partial class ShortcutHelp
{
    private static readonly (string Where, (string[] Keys, string What)[] Shortcuts)[] Groups =
    [
        ("Everywhere",
        [
            (["Ctrl", "K"], "Go to a page or a saved view, or do something"),
            (["/"], "Go to the query box"),
            (["Esc"], "Close the detail, or a panel"),
            (["?"], "This list"),
        ]),
        ("Query box",
        [
            (["Enter"], "Run the query"),
            (["F1"], "Query examples"),
            (["Alt", "↑", "↓"], "Earlier queries"),
        ]),
        ("Discover and live tail",
        [
            (["j", "k"], "Next and previous event"),
            (["e", "E"], "Next and previous error"),
            (["Enter"], "Open the selected event"),
        ]),
        ("Discover",
        [
            (["←", "→"], "To the values of the selected row and back"),
            (["Shift", "F10"], "What to do with the value; on a value also Enter"),
            (["c"], "Lines around the selected event, in the table"),
            (["Space"], "Unfold or fold the repeats of the selected row"),
        ]),
        ("Live tail",
        [
            (["Space"], "Pause the view, and go on"),
            (["End"], "To the newest event, and go on"),
        ]),
    ];
}
