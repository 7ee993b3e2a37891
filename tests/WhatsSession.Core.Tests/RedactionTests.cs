using System.Reflection;

namespace WhatsSession.Core.Tests;

public sealed class RedactionTests
{
    public static TheoryData<string> RecordNames => new(PublicRecords().Select(type => type.FullName!));

    /// <summary>A record that is added without a sample fails here, so the generated ToString of none escapes.</summary>
    [Fact]
    public void Samples_OfEveryPublicRecord_AreThere() =>
        Samples.All.Select(sample => sample.GetType()).Distinct().Should().BeEquivalentTo(PublicRecords());

    [Theory]
    [MemberData(nameof(RecordNames))]
    public void ToString_OfAPublicRecord_ShowsNoContent(string name) =>
        Samples.All.Where(sample => sample.GetType().FullName == name).Select(sample => sample.ToString())
            .Should().NotBeEmpty().And.OnlyContain(text => !Samples.Marks.Any(mark => text!.Contains(mark, StringComparison.OrdinalIgnoreCase)));

    /// <summary>The samples of messages hold the marked content in every property of text, so the test above can fail.</summary>
    [Fact]
    public void Samples_OfMessages_AreMarkedInEveryText() =>
        Samples.SessionMessages.SelectMany(Texts).Should().NotBeEmpty().And.OnlyContain(text => text == Samples.MarkedText);

    private static IEnumerable<string?> Texts(SessionMessage message) =>
        message.GetType().GetProperties()
            .Where(property => property.PropertyType == typeof(string) && property.Name is not (nameof(Message.Kind) or nameof(InteractiveMessage.InteractiveKind)))
            .Select(property => (string?)property.GetValue(message));

    private static IEnumerable<Type> PublicRecords() =>
        typeof(SendPolicy).Assembly.GetExportedTypes().Where(type => !type.IsAbstract && IsRecord(type));

    private static bool IsRecord(Type type) =>
        type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is not null || type.GetMethod("<Clone>$") is not null;
}
