using WhatsSession.Tests;

namespace WhatsSession.MessageKinds.Tests;

/// <summary>The matrix names each type of message that there is, and says of the samples what is so.</summary>
public sealed class GoldenTests
{
    [Fact]
    public void Kinds_OfTheMatrix_AreAllThereAre() =>
        Kinds.All.Where(kind => kind.ReadWithTyping is null).Select(kind => kind.Make(SampleMedia.Ids).GetType()).Distinct()
            .Should().BeEquivalentTo(typeof(Message).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Message)) && !type.IsAbstract));

    [Fact]
    public async Task Samples_ThatAreSends_BelongToAKind()
    {
        var matrix = await Matrix.SamplesAsync();

        SampleMessages.Covered.Keys.Append("request-mark-read").Except(matrix.Values.SelectMany(samples => samples)).Should().BeEmpty();
    }
}
