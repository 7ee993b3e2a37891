namespace WhatsSession.Architecture.Overloads;

public sealed class HandlerOverloadTests
{
    private static readonly string Folder = Path.Combine(Repository.Source, "WhatsSession.Sdk", "Hosting");

    public static TheoryData<string> Names => new(HandlerOverloads.Verbs.Select(static verb => verb.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Overloads_OfAVerb_AreAsTheScriptWritesThem(string name)
    {
        var verb = HandlerOverloads.Verbs.Single(verb => verb.Name == name);
        var file = Path.Combine(Folder, HandlerOverloads.FileOf(verb));
        var written = HandlerOverloads.Write(verb);
        if (Environment.GetEnvironmentVariable("WHATSSESSION_WRITE") == "1")
        {
            await File.WriteAllTextAsync(file, written, TestContext.Current.CancellationToken);
        }

        (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Should().Be(written, "eng/handler-overloads.sh writes it");
    }
}
