namespace WhatsSession.Graph.Tests.Errors;

/// <summary>Results of requests that post no message: what a caller gets who wants exceptions, and what says which limit was broken.</summary>
public sealed class ResultTests
{
    private static readonly GraphError Error = new() { Code = 100, Message = "no", Category = GraphErrorCategory.InvalidRequest };

    private static readonly Dictionary<string, Action> Failures = new(StringComparer.Ordinal)
    {
        [nameof(GraphResult)] = () => new GraphResult { Error = Error }.EnsureSuccess(),
        ["GraphResult<T>"] = () => new GraphResult<QrCode> { Error = Error }.EnsureSuccess(),
        [nameof(MediaUpload)] = () => new MediaUpload { Error = Error }.EnsureSuccess(),
        [nameof(MediaDownload)] = () => new MediaDownload { Error = Error }.EnsureSuccess(),
        [nameof(MediaDetails)] = () => new MediaDetails { Error = Error }.EnsureSuccess(),
        [nameof(SampleUpload)] = () => new SampleUpload { Error = Error }.EnsureSuccess(),
    };

    public static TheoryData<string> Names => [.. Failures.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void EnsureSuccess_Failure_ThrowsTheError(string name) => Failures[name].Should().Throw<GraphErrorException>().Which.Error.Should().BeSameAs(Error);

    [Fact]
    public void EnsureSuccess_Success_IsWhatWasAskedFor()
    {
        var address = new Uri("https://lookaside.fbsbx.com/x");

        new MediaUpload { MediaId = "1" }.EnsureSuccess().Should().Be("1");
        new MediaDetails { Address = address }.EnsureSuccess().Should().BeSameAs(address);
        new SampleUpload { Handle = "4::a" }.EnsureSuccess().Should().Be("4::a");
        new MediaDownload().Invoking(download => download.EnsureSuccess()).Should().NotThrow();
    }
}
