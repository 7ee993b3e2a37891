using WhatsSession.Tests;

namespace WhatsSession.MessageKinds.Tests;

/// <summary>The same message, built by clients that share no line with this SDK.</summary>
public sealed class PeerTests
{
    public static TheoryData<string> Packages => new(Peer.All.Select(peer => peer.Package));

    [Theory]
    [MemberData(nameof(Packages))]
    public async Task Requests_OfAnotherClient_AreOursButForTheKnownDifferences(string package)
    {
        Peer.SkipWhenAbsent();
        var found = new List<string>();
        foreach (var (name, theirs) in await Peer.All.Single(peer => peer.Package == package).RunAsync())
        {
            var kind = Kinds.All.Should().ContainSingle(kind => kind.Name == name).Subject;
            found.AddRange(Difference.Between(await Wire.OfAsync(kind), theirs));
        }

        var known = KnownDifference.All.Where(known => known.Package == package).ToList();
        found.Where(difference => !known.Exists(one => one.Explains(package, difference))).Should().BeEmpty();
        known.Where(one => !found.Exists(difference => one.Explains(package, difference))).Should().BeEmpty("a difference that is gone is taken off the list");
    }
}
