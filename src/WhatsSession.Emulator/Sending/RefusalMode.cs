namespace WhatsSession.Emulator;

/// <summary>How a message outside the customer service window is refused with error 131047. Meta does both.</summary>
public enum RefusalMode
{
    /// <summary>The send itself is answered with HTTP 400 and error 131047.</summary>
    Synchronous,

    /// <summary>The send is accepted with HTTP 200 and a message id; a <c>failed</c> status with error 131047 follows.</summary>
    Asynchronous,

    /// <summary>Both in turn: the first synchronously, the second asynchronously, and so on.</summary>
    Mixed,
}
