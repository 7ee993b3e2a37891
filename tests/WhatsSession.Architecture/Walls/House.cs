namespace WhatsSession.Architecture.Walls;

/// <summary>The floors of one project: the lowest first, on each the rooms that stand side by side. A room may use those on lower floors alone.</summary>
/// <remarks>A room is a folder with all that is in it, but for folders that are rooms themselves. What the file says its namespace is does not count.</remarks>
internal sealed class House
{
    /// <summary>The files that stand in no folder.</summary>
    public const string Root = "(root)";

    /// <summary>What several projects link, the lowest in each.</summary>
    public const string Shared = "Shared";

    private readonly Dictionary<string, int> _floors;

    public House(string project, params string[][] floors)
    {
        Project = project;
        _floors = floors.SelectMany((rooms, floor) => rooms.Select(room => (room, floor))).ToDictionary(at => at.room, at => at.floor, StringComparer.Ordinal);
        _floors.Add(Shared, -1);
    }

    public string Project { get; }

    /// <summary>The room that a file stands in; null when no listed room holds it.</summary>
    public string? RoomOf(string file)
    {
        for (var folder = FolderOf(file); folder != Root; folder = FolderOf(folder))
        {
            if (_floors.ContainsKey(folder))
            {
                return folder;
            }
        }

        return FolderOf(file) == Root && _floors.ContainsKey(Root) ? Root : null;
    }

    /// <summary>What breaks the order of the floors, a sentence each: folders without a floor, and arrows that go up or sideways.</summary>
    public IReadOnlyList<string> Faults(SourceTree sources)
    {
        var unknown = sources.Files.Where(file => RoomOf(file.Path) is null).Select(file => FolderOf(file.Path)).Distinct()
            .Select(folder => $"{Project}: {folder} has no floor. Add it to {nameof(Floors)} (tests/WhatsSession.Architecture/Walls/{nameof(Floors)}.cs), above every room that it uses.");
        var arrows = TypeUses.Of(sources).Select(use => (Use: use, From: RoomOf(use.File), To: RoomOf(use.TypeFile)))
            .Where(arrow => arrow.From is not null && arrow.To is not null && arrow.From != arrow.To)
            .ToLookup(arrow => (From: arrow.From!, To: arrow.To!), arrow => arrow.Use);
        var broken = arrows.Where(arrow => _floors[arrow.Key.From] <= _floors[arrow.Key.To])
            .OrderBy(arrow => arrow.Key)
            .SelectMany(arrow => arrow.OrderBy(use => use.File, StringComparer.Ordinal).ThenBy(use => use.Line).Select(use => Describe(arrow.Key.From, arrow.Key.To, use, arrows.Contains((arrow.Key.To, arrow.Key.From)))));
        return [.. unknown, .. broken];
    }

    private string Describe(string from, string to, TypeUse use, bool bothWays) =>
        $"{Project}: {from} -> {to}, {use.File}:{use.Line} uses {use.Type}; {to} stands {(_floors[from] == _floors[to] ? "beside it" : "above it")}{(bothWays ? $", and {to} uses {from} too" : "")}.";

    private static string FolderOf(string path) => path.LastIndexOf('/') is > 0 and var end ? path[..end] : Root;
}
